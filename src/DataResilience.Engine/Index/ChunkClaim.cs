using DataResilience.Engine.Packs;

namespace DataResilience.Engine.Index;

/// <summary>What a backup is to do with a chunk.</summary>
/// <param name="IsNew">Store it: nothing trustworthy has it, and no other thread of the run was told to.</param>
/// <param name="Existing">Where it is; null if it is new, or if this run is just storing it.</param>
internal readonly record struct ChunkClaim(bool IsNew, ChunkLocation? Existing);
