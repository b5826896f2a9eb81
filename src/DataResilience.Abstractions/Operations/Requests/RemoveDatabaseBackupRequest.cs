namespace DataResilience;

/// <summary>Deletes a backup by a signed tombstone. Needs the role Admin.</summary>
public sealed record RemoveDatabaseBackupRequest : RepositoryRequest, IOperationRequest<Backup>
{
    /// <summary>The backup.</summary>
    public BackupReference? Backup { get; init; }

    /// <summary>The name of the database that <c>latest</c> is about.</summary>
    public string? Database { get; init; }

    /// <summary>Allows deleting the last backup of a database.</summary>
    public bool AllowLastBackup { get; init; }

    /// <summary>Why; kept in the tombstone.</summary>
    public string Reason { get; init; } = "";
}
