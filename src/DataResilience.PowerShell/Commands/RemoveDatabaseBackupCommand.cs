using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Completion;

namespace DataResilience.PowerShell.Commands;

/// <summary>Deletes backups.</summary>
[Cmdlet(VerbsCommon.Remove, "DatabaseBackup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Backup))]
public sealed class RemoveDatabaseBackupCommand : BackupCmdlet
{
    /// <summary>The backup.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "The backup to delete: its id, a unique beginning or end of it, latest, or any object with a BackupId.")]
    [Alias("BackupId", "Id")]
    [BackupTransformation]
    [ArgumentCompleter(typeof(BackupIdCompleter))]
    public override BackupReference? Backup { get; set; }

    /// <summary>Allows the last backup to go.</summary>
    [Parameter(HelpMessage = "Allows the last backup of a database to be deleted.")]
    public SwitchParameter AllowLastBackup { get; set; }

    /// <summary>Why.</summary>
    [Parameter(HelpMessage = "Why the backup is deleted; it is kept in the signed record of the deletion.")]
    public string Reason { get; set; } = "";

    /// <summary>Emits what was deleted.</summary>
    [Parameter(HelpMessage = "Emits the backup that was deleted. Otherwise nothing is emitted.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override void ProcessBackup()
    {
        var request = new RemoveDatabaseBackupRequest
        {
            Backup = Backup,
            Database = Database,
            AllowLastBackup = AllowLastBackup,
            Reason = Reason,
        };
        if (!Approve<Backup>(request, BackupText(), "Delete the backup", Backup?.Repository))
        {
            return;
        }

        var removed = Run<Backup>(request, Backup?.Repository);
        Remember(removed.Repository);
        if (PassThru)
        {
            WriteObject(removed);
        }
    }
}
