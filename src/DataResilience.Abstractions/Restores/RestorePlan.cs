namespace DataResilience;

/// <summary>What a restore would do, without doing it.</summary>
public sealed record RestorePlan
{
    /// <summary>The backup that would be restored.</summary>
    public required string BackupId { get; init; }

    /// <summary>The repository it is in.</summary>
    public required BackupRepository Repository { get; init; }

    /// <summary>The database that was backed up.</summary>
    public required string Database { get; init; }

    /// <summary>Where it would be restored to; empty if no target was given.</summary>
    public required string Target { get; init; }

    /// <summary>Whether the target exists now; null if no target was given.</summary>
    public required bool? TargetExists { get; init; }

    /// <summary>Whether the restore could begin as asked.</summary>
    public required bool CanRestore { get; init; }

    /// <summary>Every reason why not, in words.</summary>
    public required IReadOnlyList<string> Obstacles { get; init; }

    /// <summary>The moment the restored state would be of, local time.</summary>
    public required DateTime RecoveredTo { get; init; }

    /// <summary>The tables that would be restored, with all that belongs to each.</summary>
    public required IReadOnlyList<PlannedTable> Tables { get; init; }

    /// <summary>How many rows would be restored.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of rows that would be restored.</summary>
    public required long TotalSize { get; init; }

    /// <summary>Bytes that would be read from the repository.</summary>
    public required long BytesToRead { get; init; }

    /// <summary>Free bytes at the target; null where it cannot be told.</summary>
    public required long? TargetFreeSpace { get; init; }

    /// <summary>The steps in their order.</summary>
    public required IReadOnlyList<string> Steps { get; init; }
}
