using System.Management.Automation;
using System.Security;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Pipeline;

namespace DataResilience.PowerShell.Commands;

/// <summary>Makes a repository in an empty place.</summary>
[Cmdlet(VerbsCommon.New, "BackupRepository", DefaultParameterSetName = PassphraseSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(BackupRepository))]
public sealed class NewBackupRepositoryCommand : PipedCmdlet
{
    private const string PassphraseSet = "Passphrase";
    private const string KeyFileSet = "KeyFile";

    /// <summary>Where to make it.</summary>
    [Parameter(Position = 0, HelpMessage = "Where to make the repository: a directory that is empty or does not exist. The variable DATARESILIENCE_REPOSITORY counts where it is left out.")]
    [RepositoryTransformation]
    public RepositoryReference? Repository { get; set; }

    /// <summary>The passphrase of the first key.</summary>
    [Parameter(ParameterSetName = PassphraseSet, HelpMessage = "The passphrase of the repository's first key, at least 12 characters. Without it nothing in the repository can ever be read again.")]
    public SecureString? Passphrase { get; set; }

    /// <summary>The key file of the first key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeyFileSet, HelpMessage = "The path of the key file of the repository's first key; it is made if it does not exist. Keep a copy elsewhere.")]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <summary>The name of the first key.</summary>
    [Parameter(HelpMessage = "The name of the repository's first key, which has every role.")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = new NewBackupRepositoryRequest().Name;

    /// <inheritdoc />
    protected override bool EndsTheCall(DataResilienceException failure) => true;

    /// <inheritdoc />
    protected override void ProcessObject()
    {
        var request = Request();
        string target = request.Repository?.Location ?? "a new repository";
        if (Approval.Ask(this, target, "Make a backup repository", () => Plan(request)))
        {
            var repository = Make(request);
            ShowFingerprint(repository);
            WriteObject(repository);
        }
    }

    // On the screen even where the object goes into a variable, and on a stream that scripts can keep or silence.
    private void ShowFingerprint(BackupRepository repository) => WriteInformation(
        new HostInformationMessage
        {
            Message = $"The fingerprint of the new repository is {repository.Fingerprint}. "
                + "Keep it elsewhere: other hosts give it once by -Fingerprint, and refuse any other repository from then on.",
        },
        ["PSHOST"]);

    private NewBackupRepositoryRequest Request() => new()
    {
        Repository = Repository is null ? null : ProviderPath.Resolve(SessionState, Repository),
        Passphrase = Passphrase,
        KeyFile = KeyFile is null ? null : ProviderPath.Resolve(SessionState, KeyFile),
        Name = Name,
    };

    private BackupRepository Make(NewBackupRepositoryRequest request)
    {
        try
        {
            return Run(request);
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == nameof(Errors.KeyRequired))
        {
            var passphrase = PassphrasePrompt.AskNew(Host, $"New passphrase for {failure.Target}");
            if (passphrase is null)
            {
                throw;
            }

            return Run(request with { Passphrase = passphrase });
        }
    }
}
