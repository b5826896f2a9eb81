namespace DataResilience;

/// <summary>What a verification found.</summary>
public sealed record BackupIntegrity
{
    /// <summary>The backup; null for the finding about what the repository holds beside its backups.</summary>
    public required string? BackupId { get; init; }

    /// <summary>The database of the backup.</summary>
    public required string? Database { get; init; }

    /// <summary>The repository.</summary>
    public required BackupRepository Repository { get; init; }

    /// <summary>How deep it went.</summary>
    public required IntegrityLevel Level { get; init; }

    /// <summary>True if all that was read is right, false if anything is wrong; null at level Catalog, which reads no chunk.</summary>
    public required bool? IsValid { get; init; }

    /// <summary>Whether the chunks were opened and hashed again, which needs the role Reader; otherwise the sealed bytes alone were compared.</summary>
    public required bool ContentOpened { get; init; }

    /// <summary>How many chunks the backup has.</summary>
    public required long ChunksTotal { get; init; }

    /// <summary>How many of them were checked.</summary>
    public required long ChunksChecked { get; init; }

    /// <summary>How many bytes were read from the object store.</summary>
    public required long BytesRead { get; init; }

    /// <summary>How many findings there are.</summary>
    public int ProblemCount => Problems.Count;

    /// <summary>The findings.</summary>
    public required IReadOnlyList<IntegrityProblem> Problems { get; init; }

    /// <summary>When it began, local time.</summary>
    public required DateTime Start { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary><see cref="Duration"/> in seconds.</summary>
    public double DurationSeconds => Duration.TotalSeconds;
}
