namespace DataResilience.Engine.Packs;

/// <summary>How the plain bytes of a chunk lie under its seal.</summary>
internal enum ChunkCodec : byte
{
    Stored = 0,
    Zstandard = 1,
}
