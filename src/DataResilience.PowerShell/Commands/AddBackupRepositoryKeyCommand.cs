using System.Management.Automation;
using System.Security;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Pipeline;

namespace DataResilience.PowerShell.Commands;

/// <summary>Adds a key to a repository.</summary>
[Cmdlet(VerbsCommon.Add, "BackupRepositoryKey", DefaultParameterSetName = NewPassphraseSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BackupRepositoryKey))]
public sealed class AddBackupRepositoryKeyCommand : RepositoryCmdlet
{
    private const string NewPassphraseSet = "NewPassphrase";
    private const string NewKeyFileSet = "NewKeyFile";

    /// <summary>The repository.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "The repository: its location, or an object from Get-BackupRepository. The variable DATARESILIENCE_REPOSITORY counts where it is left out.")]
    [RepositoryTransformation]
    public override RepositoryReference? Repository { get; set; }

    /// <summary>The name of the new key.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The name of the new key, for example the host or the person that will use it. No two keys of a repository have the same.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>What the new key may do.</summary>
    [Parameter(Position = 1, HelpMessage = "What the new key may do: Writer takes backups, Reader restores, Admin manages keys and deletes. Several may be given; without any it can list, check and mirror.")]
    public RepositoryRole[] Role { get; set; } = [];

    /// <summary>The passphrase of the new key.</summary>
    [Parameter(ParameterSetName = NewPassphraseSet, HelpMessage = "The passphrase of the new key, at least 12 characters. Left out in a console, it is asked for twice.")]
    public SecureString? NewPassphrase { get; set; }

    /// <summary>The file of the new key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NewKeyFileSet, HelpMessage = "The path of the new key's file; it is made if it does not exist.")]
    [ValidateNotNullOrEmpty]
    public string? NewKeyFile { get; set; }

    /// <inheritdoc />
    protected override void ProcessObject()
    {
        var request = new AddBackupRepositoryKeyRequest
        {
            Name = Name,
            Role = Role.Aggregate(RepositoryRole.Keeper, (all, role) => all | role),
            NewPassphrase = NewPassphrase,
            NewKeyFile = NewKeyFile is null ? null : ProviderPath.Resolve(SessionState, NewKeyFile),
        };
        if (Approve<BackupRepositoryKey>(request, $"{Name}", $"Add a key with the role {request.Role}"))
        {
            WriteObject(Run<BackupRepositoryKey>(WithSecret(request)));
        }
    }

    private AddBackupRepositoryKeyRequest WithSecret(AddBackupRepositoryKeyRequest request)
    {
        if (request.NewPassphrase is null && request.NewKeyFile is null)
        {
            NewPassphrase = PassphrasePrompt.AskNew(Host, $"New passphrase for the key {Name}");
        }

        return request with { NewPassphrase = NewPassphrase };
    }
}
