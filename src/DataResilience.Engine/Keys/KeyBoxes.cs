namespace DataResilience.Engine.Keys;

/// <summary>The repository's keys, sealed to one slot by its roles.</summary>
internal sealed record KeyBoxes(
    Dictionary<uint, byte[]> Catalog, Dictionary<uint, byte[]> Deduplication, Dictionary<uint, byte[]> Content, byte[]? Admin);
