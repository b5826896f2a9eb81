namespace DataResilience;

/// <summary>One consistent state of one database in a repository.</summary>
public sealed record Backup
{
    /// <summary>The backup id, for example <c>20261122T101500Z-sqlite-shop-k3v9qd</c>.</summary>
    public required string BackupId { get; init; }

    /// <summary>The engine of the source.</summary>
    public required DatabaseEngine Engine { get; init; }

    /// <summary>The version of the source's engine.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The server of the source; the host's name for an embedded engine.</summary>
    public required string Server { get; init; }

    /// <summary>The name of the source database.</summary>
    public required string Database { get; init; }

    /// <summary>The endpoint URI of the source, without user and password: what tells two databases of one name apart.</summary>
    public required string Source { get; init; }

    /// <summary>What kind of backup it is.</summary>
    public required BackupType Type { get; init; }

    /// <summary>The backup this one builds on; null for a full backup.</summary>
    public string? ParentId { get; init; }

    /// <summary>When it began, local time.</summary>
    public required DateTime Start { get; init; }

    /// <summary>When it was complete, local time.</summary>
    public required DateTime End { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration => End - Start;

    /// <summary><see cref="Duration"/> in seconds.</summary>
    public double DurationSeconds => Duration.TotalSeconds;

    /// <summary>How many tables it holds.</summary>
    public required int Tables { get; init; }

    /// <summary>How many rows it holds.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of rows and schema before deduplication, compression and sealing.</summary>
    public required long TotalSize { get; init; }

    /// <summary>Bytes in the repository of everything this backup refers to, whichever backup stored it first.</summary>
    public required long StoredSize { get; init; }

    /// <summary>Bytes that this backup added to the repository.</summary>
    public required long NewSize { get; init; }

    /// <summary>Where in the source's log the backup is consistent; empty where the engine has no log position.</summary>
    public required string RecoveryPosition { get; init; }

    /// <summary>The repository that holds it.</summary>
    public required BackupRepository Repository { get; init; }

    /// <summary>Always true: there is no unencrypted form.</summary>
    public bool IsEncrypted { get; init; } = true;

    /// <summary>Whether it is complete.</summary>
    public required BackupStatus Status { get; init; }

    /// <summary>When it was last verified without a finding, local time; null if never.</summary>
    public DateTime? VerifiedOn { get; init; }

    /// <summary>Why it was taken, as the person who took it said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Tags given when it was taken.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The backup id.</summary>
    /// <returns>The backup id.</returns>
    public override string ToString() => BackupId;
}
