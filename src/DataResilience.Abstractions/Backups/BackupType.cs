namespace DataResilience;

/// <summary>What kind of backup it is.</summary>
public enum BackupType
{
    /// <summary>Complete in itself. Unchanged chunks are shared with other backups all the same.</summary>
    Full,
}
