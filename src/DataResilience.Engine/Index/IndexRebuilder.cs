using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Index;

/// <summary>
/// Makes the index again from the chunk tables of the packs, which the catalog key opens. Memory: one index at a time.
/// </summary>
internal sealed class IndexRebuilder(IObjectStore store, IRepositoryKeys keys, IRandomSource random)
{
    private readonly IndexWriter writer = new(store, keys, random);

    /// <summary>
    /// Indexes every pack but those that need none. Old indexes stay: they do no harm, and objects are never changed.
    /// </summary>
    /// <param name="listed">Packs that a sound index lists; empty to index all.</param>
    /// <param name="cancellationToken">Ends it; what was written by then counts.</param>
    internal async Task<IndexRebuildResult> RunAsync(IReadOnlySet<ObjectId> listed, CancellationToken cancellationToken)
    {
        var faults = new List<ObjectFault>();
        var written = new List<IndexFile>();
        var gathered = new PackMap();
        long entries = 0;
        Dictionary<ObjectId, long> packs = await PackListing.PacksAsync(store, faults.Add, cancellationToken);
        foreach ((ObjectId id, long size) in packs.Where(pack => !listed.Contains(pack.Key)))
        {
            if (await TryReadAsync(id, size, faults, cancellationToken) is { } pack)
            {
                gathered = await MakeRoomAsync(gathered, pack, written, cancellationToken);
                gathered.Add(pack);
                entries += pack.Entries.Count;
            }
        }

        await WriteAsync(gathered, written, cancellationToken);
        return new IndexRebuildResult(
            written.Sum(file => file.Packs.Count), entries, [.. written.Select(file => file.Id)], faults);
    }

    private async Task<PackSummary?> TryReadAsync(
        ObjectId id, long size, List<ObjectFault> faults, CancellationToken cancellationToken)
    {
        try
        {
            return (await PackFile.OpenAsync(store, keys, id, size, cancellationToken)).Summary;
        }
        catch (DataResilienceException exception) when (ObjectFault.TryFind(exception, out ObjectFault? fault))
        {
            faults.Add(fault);
            return null;
        }
    }

    private async Task<PackMap> MakeRoomAsync(
        PackMap gathered, PackSummary pack, List<IndexFile> written, CancellationToken cancellationToken)
    {
        if (gathered.EntryCount + pack.Entries.Count <= IndexLimits.MaxEntries)
        {
            return gathered;
        }

        await WriteAsync(gathered, written, cancellationToken);
        return new PackMap();
    }

    private async Task WriteAsync(PackMap gathered, List<IndexFile> written, CancellationToken cancellationToken)
    {
        if (gathered.EntryCount > 0)
        {
            written.Add(await writer.WriteAsync([.. gathered.Packs], cancellationToken));
        }
    }
}
