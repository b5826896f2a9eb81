namespace DataResilience;

/// <summary>Verifies one backup, or everything in the repository.</summary>
public sealed record TestBackupIntegrityRequest : RepositoryRequest, IOperationRequest<IReadOnlyList<BackupIntegrity>>
{
    /// <summary>The backup; null means the whole repository, every object of it.</summary>
    public BackupReference? Backup { get; init; }

    /// <summary>The name of the database that <c>latest</c> is about.</summary>
    public string? Database { get; init; }

    /// <summary>How deep to go.</summary>
    public IntegrityLevel Level { get; init; } = IntegrityLevel.Checksum;

    /// <summary>Where a drill at level Restore is restored to; it must not exist, and is dropped afterwards.</summary>
    public DatabaseEndpoint? Target { get; init; }

    /// <summary>Whether a drill leaves everything to the restoring user: the target's server may lack the owners.</summary>
    public bool NoOwner { get; init; }

    /// <summary>Whether a drill leaves out privileges (GRANT and REVOKE).</summary>
    public bool NoPrivileges { get; init; }

    /// <summary>How many workers read and check at once, 1 to 64; null lets the machine decide.</summary>
    public int? ThrottleLimit { get; init; }
}
