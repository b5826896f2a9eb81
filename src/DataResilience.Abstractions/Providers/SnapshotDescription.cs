namespace DataResilience.Providers;

/// <summary>What a snapshot is of.</summary>
public sealed record SnapshotDescription
{
    /// <summary>The engine.</summary>
    public required DatabaseEngine Engine { get; init; }

    /// <summary>The engine's version.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The server; the host's name for an embedded engine.</summary>
    public required string Server { get; init; }

    /// <summary>The database's name, without a path.</summary>
    public required string Database { get; init; }

    /// <summary>Where in the source's log the snapshot is, by the engine's own names; empty where there is no log.</summary>
    public required IReadOnlyDictionary<string, string> RecoveryPosition { get; init; }

    /// <summary>How the readers came to see one state, a sentence for the user; empty where the engine has one way only.</summary>
    public string Consistency { get; init; } = "";

    /// <summary>How many reads may run at once, at least 1.</summary>
    public required int MaxReaders { get; init; }
}
