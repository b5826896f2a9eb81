using DataResilience.Engine.Chunking;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>A chunk that has its place in a pack; the pack is durable once it was reported finished.</summary>
internal readonly record struct StoredChunk(ChunkId Id, ObjectId PackId, uint SealedLength, uint PlainLength);
