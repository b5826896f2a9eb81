namespace DataResilience;

/// <summary>What a restore did.</summary>
public sealed record RestoreResult
{
    /// <summary>The backup that was restored.</summary>
    public required string BackupId { get; init; }

    /// <summary>The repository it came from.</summary>
    public required BackupRepository Repository { get; init; }

    /// <summary>The server that was backed up.</summary>
    public required string SourceServer { get; init; }

    /// <summary>The server that was restored to.</summary>
    public required string TargetServer { get; init; }

    /// <summary>The database that was backed up.</summary>
    public required string Database { get; init; }

    /// <summary>The database that was restored to; for SQLite, the path of the file.</summary>
    public required string TargetDatabase { get; init; }

    /// <summary>The point in time that was asked for, local time; null if a backup was named.</summary>
    public DateTime? RequestedPointInTime { get; init; }

    /// <summary>The moment the restored state is of, local time.</summary>
    public required DateTime RecoveredTo { get; init; }

    /// <summary>How many tables were restored.</summary>
    public required int Tables { get; init; }

    /// <summary>How many rows were restored.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of rows that were restored.</summary>
    public required long BytesRestored { get; init; }

    /// <summary>True: every table was read back and its digest equals the backup's. False only where rows were not asked for.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>When it began, local time.</summary>
    public required DateTime Start { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary><see cref="Duration"/> in seconds.</summary>
    public double DurationSeconds => Duration.TotalSeconds;

    /// <summary>What was done, step by step.</summary>
    public required IReadOnlyList<OperationStep> Steps { get; init; }
}
