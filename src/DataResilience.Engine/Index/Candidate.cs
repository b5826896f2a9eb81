using DataResilience.Engine.Packs;

namespace DataResilience.Engine.Index;

/// <summary>A place where a chunk may be.</summary>
/// <param name="Location">The place.</param>
/// <param name="IsFirstHand">
/// Whether it was read from the pack's own signed chunk table, now or by this slot when it wrote the index; otherwise it is what
/// another slot says of the pack.
/// </param>
internal readonly record struct Candidate(ChunkLocation Location, bool IsFirstHand);
