using System.Management.Automation;
using DataResilience.PowerShell.Arguments;
using DataResilience.PowerShell.Completion;
using static DataResilience.PowerShell.Commands.ISourceParameters;

namespace DataResilience.PowerShell.Commands;

/// <summary>Takes a backup of a database.</summary>
[Cmdlet(VerbsData.Backup, "Database", DefaultParameterSetName = SourceSet, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Backup))]
public sealed class BackupDatabaseCommand : RepositoryCmdlet, ISourceParameters
{
    /// <summary>The database.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = SourceSet,
        HelpMessage = "The database: an endpoint URI such as sqlite:shop.db, an object from Get-Database, or a file from Get-Item.")]
    [EndpointTransformation]
    public EndpointArgument? Source { get; set; }

    /// <summary>The engine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PartsSet, HelpMessage = EngineHelp)]
    public DatabaseEngine? Engine { get; set; }

    /// <summary>The server.</summary>
    [Parameter(ParameterSetName = PartsSet, HelpMessage = ServerHelp)]
    [ValidateNotNullOrEmpty]
    public string? Server { get; set; }

    /// <summary>The port.</summary>
    [Parameter(ParameterSetName = PartsSet, HelpMessage = PortHelp)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>The database's name.</summary>
    [Parameter(ParameterSetName = PartsSet, HelpMessage = "The name of the database; for SQLite, the path of its file.")]
    [ArgumentCompleter(typeof(ServerDatabaseCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Database { get; set; }

    /// <summary>The user and password.</summary>
    [Parameter(HelpMessage = "The user and the password for the server. A password is never part of an endpoint URI.")]
    public PSCredential? Credential { get; set; }

    /// <summary>Tables to take.</summary>
    [Parameter(HelpMessage = "The tables to take, wildcards allowed. Left out, all are taken.")]
    [ArgumentCompleter(typeof(SourceTableCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Table { get; set; } = [];

    /// <summary>Tables to leave out.</summary>
    [Parameter(HelpMessage = "The tables to leave out, wildcards allowed.")]
    [ArgumentCompleter(typeof(SourceTableCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeTable { get; set; } = [];

    /// <summary>Takes no rows.</summary>
    [Parameter(HelpMessage = "Takes the schema alone, without a row.")]
    public SwitchParameter SchemaOnly { get; set; }

    /// <summary>Takes roles.</summary>
    [Parameter(HelpMessage = "Takes the definitions of the roles, or users, that the database needs with it, and their passwords where the user may read these. SQLite has no roles.")]
    [Alias("IncludeUsers")]
    public SwitchParameter IncludeRoles { get; set; }

    /// <summary>How many workers.</summary>
    [Parameter(HelpMessage = "How many workers read, compress and seal at once, 1 to 64. Left out, the machine decides.")]
    [ValidateRange(1, 64)]
    public int? ThrottleLimit { get; set; }

    /// <summary>How long to wait for a lock.</summary>
    [Parameter(HelpMessage = "How long to wait for a lock in the source, for example 90s or 5m.")]
    [DurationTransformation]
    public TimeSpan LockTimeout { get; set; } = new BackupDatabaseRequest().LockTimeout;

    /// <summary>How one state is held still.</summary>
    [Parameter(HelpMessage = "MySQL and MariaDB: how one state is held still while the workers begin to read it. Auto takes the way that holds writers up least.")]
    public LockMode LockMode { get; set; }

    /// <summary>Why.</summary>
    [Parameter(HelpMessage = "Why the backup is taken; it is kept with the backup and can be read by every key of the repository.")]
    public string Reason { get; set; } = "";

    /// <summary>Tags.</summary>
    [Parameter(HelpMessage = "Tags to keep with the backup, for example before-upgrade.")]
    [ValidateNotNullOrEmpty]
    public string[] Tag { get; set; } = [];

    /// <inheritdoc />
    protected override void ProcessObject()
    {
        var request = Request();
        if (!Approve<Backup>(request, request.Source?.ToString() ?? "the source", "Back up"))
        {
            return;
        }

        var backup = Run<Backup>(request);
        Remember(backup.Repository);
        WriteObject(backup);
    }

    private BackupDatabaseRequest Request() => new()
    {
        Source = EndpointParts.OfSource(this).Compose(SessionState),
        Table = Table,
        ExcludeTable = ExcludeTable,
        SchemaOnly = SchemaOnly,
        IncludeRoles = IncludeRoles,
        ThrottleLimit = ThrottleLimit,
        LockTimeout = LockTimeout,
        LockMode = LockMode,
        Reason = Reason,
        Tag = Tag,
    };
}
