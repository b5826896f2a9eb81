using System.Text.Json.Serialization;

namespace DataResilience.Engine.Repository;

/// <summary>One table of a manifest: names and counts, and where its lists and content are.</summary>
internal sealed record ManifestTable
{
    public required string Schema { get; init; }

    public required string Name { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required long Rows { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required long Bytes { get; init; }

    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public required long Chunks { get; init; }

    /// <summary>Ids of chunk lists, class catalog.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>Ids of the chunks of the table description, class content.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>Ids of the digest chunks, class content.</summary>
    public required IReadOnlyList<string> Digests { get; init; }

    [JsonIgnore]
    public string QualifiedName => Schema.Length == 0 ? Name : $"{Schema}.{Name}";
}
