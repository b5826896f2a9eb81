using System.CommandLine;
using System.Security;
using DataResilience.Console.Parsing;

namespace DataResilience.Console.Commands;

/// <summary>The options of every command that opens a repository. What is not given here, the engine takes from the environment.</summary>
internal sealed class RepositoryOptions
{
    private readonly ValueOption<RepositoryReference> location = Location();
    private readonly ValueOption<string> keyFile =
        new("--key-file", "path", "The key file that opens it, else DATARESILIENCE_KEY_FILE.", Values.FullPath);
    private readonly ValueOption<SecureString> passphraseFile =
        new("--passphrase-file", "path", "A file whose first line is the passphrase, else DATARESILIENCE_PASSPHRASE_FILE.", Values.PassphraseFile);
    private readonly ValueOption<string> fingerprint =
        new("--fingerprint", "fingerprint", "The fingerprint it must have; remembered from then on.", Values.Text);
    private readonly Option<bool> acceptRollback =
        new("--accept-rollback") { Description = "Accept, once, that it is older than what was seen before." };

    public static ValueOption<RepositoryReference> Location()
    {
        var option = new ValueOption<RepositoryReference>(
            "--repository", "location", "The repository, else DATARESILIENCE_REPOSITORY.", Values.Repository);
        option.Aliases.Add("-r");
        return option;
    }

    public void AddTo(Command command)
    {
        command.Add(location);
        command.Add(keyFile);
        command.Add(passphraseFile);
        command.Add(fingerprint);
        command.Add(acceptRollback);
    }

    public T Apply<T>(ParseResult parse, T request)
        where T : RepositoryRequest
    {
        RepositoryRequest general = request;
        return (T)(general with
        {
            Repository = location.Get(parse),
            KeyFile = keyFile.Get(parse),
            Passphrase = passphraseFile.Get(parse),
            Fingerprint = fingerprint.Get(parse),
            AcceptRollback = parse.GetValue(acceptRollback),
        });
    }
}
