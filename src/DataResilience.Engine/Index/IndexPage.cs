using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;

namespace DataResilience.Engine.Index;

/// <summary>What the directory says of a page.</summary>
/// <param name="First">Its first chunk id.</param>
/// <param name="Offset">Where it begins in the index.</param>
/// <param name="Length">How many sealed bytes it has.</param>
/// <param name="SealedHash">SHA-256 of these.</param>
internal readonly record struct IndexPage(ChunkId First, long Offset, int Length, Sha256Hash SealedHash);
