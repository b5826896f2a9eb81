namespace DataResilience;

/// <summary>What Optimize-BackupRepository found and did.</summary>
public sealed record RepositoryOptimization
{
    /// <summary>Where the repository is.</summary>
    public required string Repository { get; init; }

    /// <summary>How many packs there are.</summary>
    public required int Packs { get; init; }

    /// <summary>Packs that no manifest names.</summary>
    public required IReadOnlyList<string> OrphanPacks { get; init; }

    /// <summary>Bytes in packs that no manifest names.</summary>
    public required long OrphanSize { get; init; }

    /// <summary>Bytes of chunks that no manifest names, in packs that are needed otherwise.</summary>
    public required long WasteSize { get; init; }

    /// <summary>Packs that no index lists.</summary>
    public required int UnindexedPacks { get; init; }

    /// <summary>Whether the index was rebuilt from the packs.</summary>
    public required bool IndexRebuilt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary><see cref="Duration"/> in seconds.</summary>
    public double DurationSeconds => Duration.TotalSeconds;
}
