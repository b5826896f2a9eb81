using System.Text.Json.Serialization;

namespace DataResilience.Engine.Repository;

/// <summary>The description of one backup (docs/repository-format.md, 5.1).</summary>
internal sealed record Manifest
{
    public required string BackupId { get; init; }

    public required BackupType Type { get; init; }

    public string? Parent { get; init; }

    public required ManifestPart Part { get; init; }

    public required DatabaseEngine Engine { get; init; }

    public required string EngineVersion { get; init; }

    public required string Server { get; init; }

    public required string Database { get; init; }

    /// <summary>The endpoint URI without user and password: what tells two databases of one name apart.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required string Tool { get; init; }

    public required IReadOnlyDictionary<string, string> RecoveryPosition { get; init; }

    public required IReadOnlyList<string> Schema { get; init; }

    public required IReadOnlyList<ManifestTable> Tables { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required long TotalSize { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required long StoredSize { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required long NewSize { get; init; }

    /// <summary>Every pack that holds a chunk of this backup.</summary>
    public required IReadOnlyList<string> Packs { get; init; }

    public string Reason { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Counts the manifests of its slot, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The newest manifests of the same slot that its writer saw.</summary>
    public required IReadOnlyList<SeenManifest> Seen { get; init; }

    [JsonIgnore]
    public long Rows => Tables.Sum(table => table.Rows);
}
