namespace DataResilience.Engine.Keys.Memory;

/// <summary>Which repository was seen at a location.</summary>
internal sealed record LocationMemory
{
    public required string Location { get; init; }

    public required string Fingerprint { get; init; }
}
