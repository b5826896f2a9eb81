using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Backup;

/// <summary>A chunk that is in the repository.</summary>
/// <param name="Entry">What the chunk list says of it.</param>
/// <param name="Digest">The digest of its rows.</param>
/// <param name="IsNew">Whether this backup stored it; otherwise it was there.</param>
internal sealed record ListedChunk(ChunkListEntry Entry, RowDigest Digest, bool IsNew);
