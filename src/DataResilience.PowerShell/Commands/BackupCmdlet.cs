using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Completion;

namespace DataResilience.PowerShell.Commands;

/// <summary>A cmdlet that works on backups: says which.</summary>
public abstract class BackupCmdlet : RepositoryCmdlet
{
    /// <summary>The backup.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true,
        HelpMessage = "The backup: its id, a unique beginning or end of it, latest, or any object with a BackupId, such as a backup or a verification's result.")]
    [Alias("BackupId", "Id")]
    [BackupTransformation]
    [ArgumentCompleter(typeof(BackupIdCompleter))]
    public virtual BackupReference? Backup { get; set; }

    /// <summary>The database that <c>latest</c> is about.</summary>
    [Parameter(HelpMessage = "The name of the database whose latest backup is meant. It selects a backup and is never a target.")]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>The work for one backup.</summary>
    protected abstract void ProcessBackup();

    /// <inheritdoc />
    protected sealed override void ProcessObject()
    {
        // An object of the pipe from which no backup was bound must not turn into "the latest backup".
        if (MyInvocation.ExpectingInput && Backup is null)
        {
            throw Errors.NothingMatched.Create($"an object that was piped into {MyInvocation.MyCommand.Name}: it names no backup");
        }

        ProcessBackup();
    }

    /// <summary>What the call is about, for a question and for an error.</summary>
    /// <returns>The backup as it was named.</returns>
    private protected string BackupText() => (Backup?.Id ?? BackupReference.Latest) + (Database is null ? "" : $" of {Database}");
}
