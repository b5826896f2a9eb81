using System.CommandLine;
using System.Security;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience key add</c>.</summary>
internal sealed class AddKeyCommand : OperationCommand<AddBackupRepositoryKeyRequest, BackupRepositoryKey>
{
    private readonly Positional<string> name = new("name", "The name of the new key, unique in the repository.", Values.Text);
    private readonly RepositoryOptions repository = new();
    private readonly ValueOption<RepositoryRole> role = new(
        "--role", "roles", $"What the new key may do, joined by commas: {Values.Names<RepositoryRole>()}. Default: keeper.", Values.Name<RepositoryRole>);

    private readonly ValueOption<SecureString> newPassphraseFile =
        new("--new-passphrase-file", "path", "A file whose first line is the passphrase of the new key.", Values.PassphraseFile);

    private readonly ValueOption<string> newKeyFile =
        new("--new-key-file", "path", "The key file of the new key; made if it does not exist.", Values.FullPath);

    public AddKeyCommand(CommandRunner runner)
        : base("add", "Adds a key to a repository.", runner, Effect.Changes)
    {
        name.AddTo(this);
        repository.AddTo(this);
        Add(role);
        Add(newPassphraseFile);
        Add(newKeyFile);
        AddEffectOptions();
    }

    public override AddBackupRepositoryKeyRequest Bind(ParseResult parse) => repository.Apply(parse, new AddBackupRepositoryKeyRequest
    {
        Name = name.Get(parse) ?? "",
        Role = role.Get(parse),
        NewPassphrase = newPassphraseFile.Get(parse),
        NewKeyFile = newKeyFile.Get(parse),
    });

    public override IRenderable View(BackupRepositoryKey result) => RepositoryViews.Key(result);
}
