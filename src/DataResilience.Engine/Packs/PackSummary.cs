namespace DataResilience.Engine.Packs;

/// <summary>A pack and what is in it: what the index is made of.</summary>
internal sealed record PackSummary(PackReference Pack, IReadOnlyList<PackEntry> Entries);
