namespace DataResilience.Engine.Repository;

/// <summary>The record that a backup was deleted (docs/repository-format.md, 5.3).</summary>
internal sealed record Tombstone
{
    public required string BackupId { get; init; }

    /// <summary>SHA-256 of the manifest object.</summary>
    public required string Manifest { get; init; }

    public required string Slot { get; init; }

    public required long Sequence { get; init; }

    public required IReadOnlyList<SeenManifest> Seen { get; init; }

    public required DatabaseEngine Engine { get; init; }

    public required string Server { get; init; }

    public required string Database { get; init; }

    public required DateTimeOffset Time { get; init; }

    public string Reason { get; init; } = "";
}
