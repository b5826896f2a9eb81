using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Completion;

namespace DataResilience.PowerShell.Commands;

/// <summary>Lists backups.</summary>
[Cmdlet(VerbsCommon.Get, "DatabaseBackup", DefaultParameterSetName = FilterSet)]
[OutputType(typeof(Backup))]
public sealed class GetDatabaseBackupCommand : RepositoryCmdlet
{
    private const string FilterSet = "Filter";
    private const string BackupSet = "Backup";

    /// <summary>The repository.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The repository: its location, or an object from Get-BackupRepository. The variable DATARESILIENCE_REPOSITORY counts where it is left out.")]
    [RepositoryTransformation]
    public override RepositoryReference? Repository { get; set; }

    /// <summary>One backup.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = BackupSet,
        HelpMessage = "The backup: its id, a unique beginning or end of it, or latest.")]
    [Alias("BackupId", "Id")]
    [BackupTransformation]
    [ArgumentCompleter(typeof(BackupIdCompleter))]
    public BackupReference? Backup { get; set; }

    /// <summary>Names of databases.</summary>
    [Parameter(HelpMessage = "Names of databases, wildcards allowed. With latest it says which database's.")]
    [ArgumentCompleter(typeof(DatabaseNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Database { get; set; } = [];

    /// <summary>An engine.</summary>
    [Parameter(ParameterSetName = FilterSet, HelpMessage = "Only backups of databases of this engine.")]
    public DatabaseEngine? Engine { get; set; }

    /// <summary>A point in time.</summary>
    [Parameter(ParameterSetName = FilterSet, HelpMessage = "Only backups that began at or after this point in time, for example 2026-11-22 10:15, or 2d ago.")]
    [PointInTimeTransformation]
    public DateTime? Since { get; set; }

    /// <summary>The newest of each database.</summary>
    [Parameter(ParameterSetName = FilterSet, HelpMessage = "Only the newest backup of each database.")]
    public SwitchParameter Latest { get; set; }

    /// <inheritdoc />
    protected override void ProcessObject()
    {
        var request = new GetDatabaseBackupRequest
        {
            Backup = Backup,
            Database = Database,
            Engine = Engine,
            Since = Since,
            Latest = Latest,
        };
        WriteObject(Run<IReadOnlyList<Backup>>(request, Backup?.Repository), enumerateCollection: true);
    }
}
