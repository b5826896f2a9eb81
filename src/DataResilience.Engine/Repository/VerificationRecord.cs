namespace DataResilience.Engine.Repository;

/// <summary>What a verification found (docs/repository-format.md, 5.4).</summary>
internal sealed record VerificationRecord
{
    public required string BackupId { get; init; }

    /// <summary>SHA-256 of the manifest object.</summary>
    public required string Manifest { get; init; }

    public required IntegrityLevel Level { get; init; }

    public required bool IsValid { get; init; }

    public required bool ContentOpened { get; init; }

    public required int Problems { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>Packs of which every chunk was opened and its id computed again.</summary>
    public required IReadOnlyList<VerifiedPack> Packs { get; init; }
}
