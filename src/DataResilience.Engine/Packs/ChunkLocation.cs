using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Packs;

/// <summary>Where a chunk is: in which pack, and where in it.</summary>
internal readonly record struct ChunkLocation(PackReference Pack, PackEntry Entry)
{
    internal ChunkId Id => Entry.Id;
}
