using System.Management.Automation;
using System.Security;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Pipeline;

namespace DataResilience.PowerShell.Commands;

/// <summary>A cmdlet that works in a repository: says which one and opens it.</summary>
public abstract class RepositoryCmdlet : PipedCmdlet
{
    // A failure of these with a repository that the pipe did not bring would only repeat itself for the next object.
    private static readonly HashSet<string> RepositoryCodes =
    [
        nameof(Errors.RepositoryRequired), nameof(Errors.KeyRequired), nameof(Errors.KeyRejected), nameof(Errors.KeyFileInvalid),
        nameof(Errors.RepositoryNotFound), nameof(Errors.RepositoryUnsupported), nameof(Errors.RepositoryIdentityChanged),
        nameof(Errors.RepositoryRolledBack), nameof(Errors.StoreUnreachable), nameof(Errors.StoreUnwritable),
        nameof(Errors.StoreFull), nameof(Errors.RoleRequired),
    ];

    private BackupRepository? opened;
    private SecureString? askedPassphrase;
    private bool isOnCommandLine;
    private bool isFromPipe;

    /// <summary>The repository.</summary>
    [Parameter(HelpMessage = "The repository: its location, or an object from Get-BackupRepository. The variable DATARESILIENCE_REPOSITORY counts where it is left out.")]
    [RepositoryTransformation]
    public virtual RepositoryReference? Repository { get; set; }

    /// <summary>The passphrase that opens the repository.</summary>
    [Parameter(HelpMessage = "The passphrase of a key of the repository. Not needed with an object from Get-BackupRepository.")]
    public SecureString? Passphrase { get; set; }

    /// <summary>The key file that opens the repository.</summary>
    [Parameter(HelpMessage = "The path of a key file of the repository: opens it without the second that a passphrase takes.")]
    [ValidateNotNullOrEmpty]
    public string? KeyFile { get; set; }

    /// <summary>The fingerprint that the repository must have.</summary>
    [Parameter(HelpMessage = "The fingerprint that New-BackupRepository printed. Any other repository at this location is refused, now and later.")]
    [ValidateNotNullOrEmpty]
    public string? Fingerprint { get; set; }

    /// <summary>Accepts, once, that the repository went back.</summary>
    [Parameter(HelpMessage = "Accepts, once, a repository that is older than what was seen of it before, because you restored it on purpose.")]
    public SwitchParameter AcceptRollback { get; set; }

    /// <inheritdoc />
    protected override void BeginProcessing() => isOnCommandLine = Repository is not null;

    /// <inheritdoc />
    protected override bool EndsTheCall(DataResilienceException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return !isFromPipe && RepositoryCodes.Contains(failure.ErrorCode);
    }

    /// <summary>Carries out a request in the repository.</summary>
    /// <typeparam name="TResult">The operation's result.</typeparam>
    /// <param name="request">What is asked; a request of a type that gives <typeparamref name="TResult"/>.</param>
    /// <param name="piped">The repository that the object of the pipe came from.</param>
    /// <returns>The result.</returns>
    protected TResult Run<TResult>(RepositoryRequest request, RepositoryReference? piped = null) =>
        WithKey(request, piped, complete => Run((IOperationRequest<TResult>)complete));

    /// <summary>Asks ShouldProcess for a request in the repository.</summary>
    /// <typeparam name="TResult">The operation's result.</typeparam>
    /// <param name="request">What is asked; a request of a type that gives <typeparamref name="TResult"/>.</param>
    /// <param name="target">What it acts on.</param>
    /// <param name="action">What it does.</param>
    /// <param name="piped">The repository that the object of the pipe came from.</param>
    /// <returns>Whether to go on.</returns>
    protected bool Approve<TResult>(RepositoryRequest request, string target, string action, RepositoryReference? piped = null) =>
        Approval.Ask(this, target, action, () => WithKey(request, piped, complete => Plan((IOperationRequest<TResult>)complete)));

    /// <summary>Keeps an opened repository, so that the next object of the pipe need not derive its key again.</summary>
    /// <param name="repository">The repository of a result.</param>
    protected void Remember(BackupRepository repository) => opened = repository;

    private T WithKey<T>(RepositoryRequest request, RepositoryReference? piped, Func<RepositoryRequest, T> work)
    {
        var complete = Complete(request, piped);
        try
        {
            return work(complete);
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == nameof(Errors.KeyRequired) && askedPassphrase is null)
        {
            askedPassphrase = PassphrasePrompt.Ask(Host, $"Passphrase of {failure.Target}");
            if (askedPassphrase is null)
            {
                throw;
            }

            return work(complete with { Passphrase = askedPassphrase });
        }
    }

    private RepositoryRequest Complete(RepositoryRequest request, RepositoryReference? piped)
    {
        var repository = Repository ?? piped;
        isFromPipe = !isOnCommandLine && repository is not null;
        return request with
        {
            Repository = repository is null ? null : Opened(ProviderPath.Resolve(SessionState, repository)),
            Passphrase = Passphrase ?? askedPassphrase,
            KeyFile = KeyFile is null ? null : ProviderPath.Resolve(SessionState, KeyFile),
            Fingerprint = Fingerprint,
            AcceptRollback = AcceptRollback,
        };
    }

    private RepositoryReference Opened(RepositoryReference repository) =>
        opened is not null && opened.Location == repository.Location ? RepositoryReference.To(opened) : repository;
}
