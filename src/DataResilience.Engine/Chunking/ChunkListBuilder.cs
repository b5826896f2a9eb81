
namespace DataResilience.Engine.Chunking;

/// <summary>
/// Collects the chunk list and the digests of a table, entry by entry, and gives a pair of chunks whenever 16,384 are
/// together, so that memory does not grow with the table.
/// </summary>
internal sealed class ChunkListBuilder : IDisposable
{
    private byte[] entries = ChunkBuffers.Pool.Rent(ChunkLimits.MaxListEntries * ChunkListEntry.Size);
    private byte[] digests = ChunkBuffers.Pool.Rent(ChunkLimits.MaxListEntries * ChunkDigest.Size);
    private int count;

    /// <summary>Adds the next chunk of the table.</summary>
    /// <returns>A full list chunk and digests chunk, or null.</returns>
    internal (PlainChunk List, PlainChunk Digests)? Add(ChunkListEntry entry, ChunkDigest digest)
    {
        entry.Write(entries.AsSpan(count * ChunkListEntry.Size));
        digest.Write(digests.AsSpan(count * ChunkDigest.Size));
        count++;
        return count == ChunkLimits.MaxListEntries ? Complete() : null;
    }

    /// <summary>Gives what is left, or null if nothing is.</summary>
    internal (PlainChunk List, PlainChunk Digests)? Complete()
    {
        if (count == 0)
        {
            return null;
        }

        PlainChunk list = PlainChunk.Copy(ChunkKind.ChunkList, entries.AsSpan(0, count * ChunkListEntry.Size));
        PlainChunk sums = PlainChunk.Copy(ChunkKind.Digests, digests.AsSpan(0, count * ChunkDigest.Size));
        count = 0;
        return (list, sums);
    }

    public void Dispose()
    {
        if (entries.Length > 0)
        {
            ChunkBuffers.Pool.Return(entries);
            ChunkBuffers.Pool.Return(digests);
            entries = [];
            digests = [];
        }
    }
}
