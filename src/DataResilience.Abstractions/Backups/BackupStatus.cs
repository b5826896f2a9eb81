namespace DataResilience;

/// <summary>The state of a backup.</summary>
public enum BackupStatus
{
    /// <summary>Its manifest is in the repository, so everything it names was durable before.</summary>
    Complete,

    /// <summary>Its manifest is there but cannot be read.</summary>
    Damaged,
}
