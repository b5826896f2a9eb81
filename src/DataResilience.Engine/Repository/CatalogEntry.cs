using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>What a list of backups needs of a manifest; the tables stay in the store, so that a long list stays small.</summary>
internal sealed record CatalogEntry
{
    /// <summary>The manifest without its tables and packs.</summary>
    public required Manifest Header { get; init; }

    /// <summary>SHA-256 of the manifest object.</summary>
    public required string Sha256 { get; init; }

    public required ObjectId Signer { get; init; }

    public required int Tables { get; init; }

    public required long Rows { get; init; }

    public required IReadOnlyList<IntegrityProblem> Problems { get; init; }

    public string BackupId => Header.BackupId;
}
