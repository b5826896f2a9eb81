using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Index;

/// <summary>
/// Confirms by a pack's own chunk table what another slot's index says of the pack. Otherwise a Writer could say of a pack that
/// others trust that it has a chunk which it has not, and their backups would lack it.
/// </summary>
internal sealed class PackTables(IObjectStore store, IRepositoryKeys keys)
{
    // As many entries as one index has: some 7 MiB.
    private readonly BoundedCache<ObjectId, PackTable> tables = new(IndexLimits.MaxEntries);

    /// <summary>Whether the pack is there, is the very one that the index describes, writer and hash included, and has this entry.</summary>
    internal async ValueTask<bool> ConfirmAsync(ChunkLocation location, Action<ObjectFault> damaged, CancellationToken cancellationToken)
    {
        if (!tables.TryGet(location.Pack.Id, out PackTable? table))
        {
            table = await ReadAsync(location.Pack, damaged, cancellationToken);
            tables.Add(location.Pack.Id, table, 1 + table.Entries.Count);
        }

        return table.Pack == location.Pack && table.Entries.Contains(location.Entry);
    }

    private async Task<PackTable> ReadAsync(PackReference pack, Action<ObjectFault> damaged, CancellationToken cancellationToken)
    {
        try
        {
            PackFile file = await PackFile.OpenAsync(store, keys, pack.Id, knownSize: null, cancellationToken);
            return new PackTable(file.Pack, [.. file.Entries]);
        }
        catch (DataResilienceException exception) when (ObjectFault.TryFind(exception, out ObjectFault? fault))
        {
            damaged(fault);
            return new PackTable(null, []);
        }
    }

    private sealed record PackTable(PackReference? Pack, HashSet<PackEntry> Entries);
}
