namespace DataResilience;

/// <summary>Lists backups, oldest first.</summary>
public sealed record GetDatabaseBackupRequest : RepositoryRequest, IOperationRequest<IReadOnlyList<Backup>>
{
    /// <summary>One backup; null means all that match the filters.</summary>
    public BackupReference? Backup { get; init; }

    /// <summary>Names of databases, wildcards allowed; empty means all.</summary>
    public IReadOnlyList<string> Database { get; init; } = [];

    /// <summary>Only backups of this engine.</summary>
    public DatabaseEngine? Engine { get; init; }

    /// <summary>Only backups that began at or after this moment.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Only the newest backup of each database.</summary>
    public bool Latest { get; init; }
}
