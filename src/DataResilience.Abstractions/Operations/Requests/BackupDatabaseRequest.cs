namespace DataResilience;

/// <summary>Takes a backup. Needs the role Writer.</summary>
public sealed record BackupDatabaseRequest : RepositoryRequest, IOperationRequest<Backup>
{
    /// <summary>The database.</summary>
    public DatabaseEndpoint? Source { get; init; }

    /// <summary>Tables to take, wildcards allowed; empty means all.</summary>
    public IReadOnlyList<string> Table { get; init; } = [];

    /// <summary>Tables to leave out, wildcards allowed.</summary>
    public IReadOnlyList<string> ExcludeTable { get; init; } = [];

    /// <summary>Takes the schema alone, no rows.</summary>
    public bool SchemaOnly { get; init; }

    /// <summary>How many workers read, compress and seal at once, 1 to 64; null lets the machine decide.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>How long to wait for a lock in the source.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How one state is held still while the workers begin to read it, for MySQL and MariaDB.</summary>
    public LockMode LockMode { get; init; }

    /// <summary>Why it is taken; kept with the backup.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Tags; kept with the backup.</summary>
    public IReadOnlyList<string> Tag { get; init; } = [];

    /// <summary>Whether the definitions of the roles that the database needs are backed up with it; engines without roles ignore it.</summary>
    public bool IncludeRoles { get; init; }
}
