namespace DataResilience.Engine.Packs;

/// <summary>A content key of a pack, unwrapped.</summary>
internal sealed record OpenedContentKey(PackContentKey Entry, byte[] Key);
