using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Providers;

namespace DataResilience.Engine.Index;

/// <summary>
/// Reads chunks by their ids. A chunk that lies in several packs is read from the first that has it whole, so that neither damage
/// nor garbage that somebody stored under its id costs it.
/// </summary>
internal sealed class ChunkReader(IObjectStore store, ChunkIndex index, PackReader reader)
{
    /// <summary>Reads and opens a chunk. The receiver disposes it.</summary>
    /// <exception cref="DataResilienceException">
    /// <c>ObjectMissing</c>, <c>ObjectDamaged</c> with the <see cref="ObjectFault"/> of the last place that was tried;
    /// <c>RoleRequired</c>.
    /// </exception>
    internal async Task<PlainChunk> ReadAsync(ChunkId id, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChunkLocation> locations = await index.FindAsync(id, cancellationToken);
        foreach (ChunkLocation location in locations.SkipLast(1))
        {
            if (await TryReadAsync(location, cancellationToken) is { } chunk)
            {
                return chunk;
            }
        }

        return locations.Count > 0 ? await reader.ReadAsync(locations[^1], cancellationToken) : throw Unknown(id);
    }

    private async Task<PlainChunk?> TryReadAsync(ChunkLocation location, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(location, cancellationToken);
        }
        catch (DataResilienceException exception) when (ObjectFault.TryFind(exception, out _))
        {
            return null;
        }
    }

    private DataResilienceException Unknown(ChunkId id)
    {
        var fault = new ObjectFault(
            ObjectFault.Chunk(id), ProblemKind.Missing, ObjectFault.Whole, "no pack that is there has it");
        return fault.ToException(store.Location);
    }
}
