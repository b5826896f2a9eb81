using System.CommandLine;
using System.Security;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience repository new</c>.</summary>
internal sealed class NewRepositoryCommand : OperationCommand<NewBackupRepositoryRequest, BackupRepository>
{
    private readonly ValueOption<RepositoryReference> location = RepositoryOptions.Location();
    private readonly ValueOption<string> keyFile =
        new("--key-file", "path", "The key file of its first key; made if it does not exist.", Values.FullPath);

    private readonly ValueOption<SecureString> passphraseFile =
        new("--passphrase-file", "path", "A file whose first line is the passphrase of its first key.", Values.PassphraseFile);

    private readonly ValueOption<string> name = new("--name", "name", "The name of its first key. Default: owner.", Values.Text);

    public NewRepositoryCommand(CommandRunner runner)
        : base("init", "Makes a repository in an empty place.", runner, Effect.Changes)
    {
        Aliases.Add("new");
        Add(location);
        Add(keyFile);
        Add(passphraseFile);
        Add(name);
        AddEffectOptions();
    }

    public override NewBackupRepositoryRequest Bind(ParseResult parse)
    {
        var defaults = new NewBackupRepositoryRequest();
        return defaults with
        {
            Repository = location.Get(parse),
            KeyFile = keyFile.Get(parse),
            Passphrase = passphraseFile.Get(parse),
            Name = name.Get(parse, defaults.Name),
        };
    }

    public override IRenderable View(BackupRepository result) => RepositoryViews.One(result, Time);
}
