using System.Collections.Immutable;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Index;

/// <summary>
/// Knows where every chunk of a repository is: from its index objects, from the chunk tables of packs that no sound index lists,
/// and from the packs that the running backup has finished. May be used by many threads at once, once it is loaded.
/// </summary>
/// <remarks>
/// Memory: the page cache; the directories, about 2 KiB for each GiB stored; 65,536 entries (13 MiB) that wait to be written; and
/// the entries of unlisted packs of other slots, or of all unlisted packs if there is no writer, until the index is rebuilt.
/// </remarks>
internal sealed class ChunkIndex : IDisposable
{
    internal const long DefaultCacheBytes = 32L << 20;

    // Chunk tables are read over the network in the general case: a few at once hide its latency.
    private const int ParallelReads = 4;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim changing = new(1, 1);
    private readonly IObjectStore store;
    private readonly IRepositoryKeys keys;
    private readonly IndexWriter? writer;
    private readonly Func<PackReference, bool> mayDeduplicateAgainst;
    private readonly IndexSearch search;
    private readonly PackTables tables;
    private readonly PackMap unlisted = new();
    private readonly HashSet<ChunkId> claimed = [];
    private readonly List<ObjectFault> findings = [];
    private Dictionary<ObjectId, long> present = [];
    private PackMap pending = new();
    private ImmutableArray<IndexFile> files = [];

    /// <summary>An index that knows nothing yet.</summary>
    /// <param name="store">The repository.</param>
    /// <param name="keys">Keys of any slot.</param>
    /// <param name="writer">Writes index objects for packs that are added; null if nothing is to be written.</param>
    /// <param name="mayDeduplicateAgainst">Whether a chunk in this pack, of this writer and with this hash, need not be stored again.</param>
    /// <param name="cacheBytes">The most bytes of opened index pages that are kept.</param>
    internal ChunkIndex(
        IObjectStore store,
        IRepositoryKeys keys,
        IndexWriter? writer,
        Func<PackReference, bool> mayDeduplicateAgainst,
        long cacheBytes = DefaultCacheBytes)
    {
        this.store = store;
        this.keys = keys;
        this.writer = writer;
        this.mayDeduplicateAgainst = mayDeduplicateAgainst;
        search = new IndexSearch(keys.SlotId, cacheBytes);
        tables = new PackTables(store, keys);
    }

    /// <summary>What was found damaged or out of place so far: indexes, and packs that no sound index lists.</summary>
    internal IReadOnlyList<ObjectFault> Findings => Locked(() => (IReadOnlyList<ObjectFault>)[.. findings]);

    /// <summary>The sound index objects.</summary>
    internal IReadOnlyList<IndexFile> Files => Locked(() => files);

    /// <summary>The packs of the store with their sizes, as they were listed, and those added since.</summary>
    internal IReadOnlyDictionary<ObjectId, long> Packs => Locked(() => present.ToDictionary());

    /// <summary>Packs that are in memory because no sound index lists them, those that wait to be written included.</summary>
    internal IReadOnlyList<PackSummary> Unlisted =>
        Locked(() => (IReadOnlyList<PackSummary>)[.. unlisted.Packs, .. pending.Packs]);

    /// <summary>How many bytes of opened pages are kept now.</summary>
    internal long CachedBytes => search.CachedBytes;

    /// <summary>Reads what the repository has. Damaged indexes and packs become findings.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            // Indexes first: a pack that gets its index in between is then read itself, and not taken for missing.
            Dictionary<ObjectId, long> indexes = await PackListing.IndexesAsync(store, Report, cancellationToken);
            present = await PackListing.PacksAsync(store, Report, cancellationToken);
            files = await OpenFilesAsync(indexes, cancellationToken);
            await ReadUnlistedAsync(present.Keys, files, cancellationToken);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>
    /// Every place where a chunk is, packs that are there before those that are missing; empty if nothing knows it.
    /// </summary>
    internal async ValueTask<IReadOnlyList<ChunkLocation>> FindAsync(ChunkId id, CancellationToken cancellationToken)
    {
        List<Candidate> found = await SearchAsync(id, cancellationToken);
        IEnumerable<ChunkLocation> locations = found.Select(candidate => candidate.Location).Distinct();
        return [.. locations.OrderByDescending(location => IsPresent(location.Pack))];
    }

    /// <summary>Decides whether a chunk must be stored, for one thread only of those that ask at once.</summary>
    internal async ValueTask<ChunkClaim> ClaimAsync(ChunkId id, CancellationToken cancellationToken)
    {
        if (Locked(() => claimed.Contains(id)))
        {
            return new ChunkClaim(IsNew: false, Existing: null);
        }

        foreach (Candidate candidate in await SearchAsync(id, cancellationToken))
        {
            if (await IsTrustedAsync(candidate, cancellationToken))
            {
                return new ChunkClaim(IsNew: false, candidate.Location);
            }
        }

        lock (gate)
        {
            // A pack that was finished while the indexes were searched has left the claims.
            return pending.TryFind(id, out ChunkLocation? location) && mayDeduplicateAgainst(location.Value.Pack)
                ? new ChunkClaim(IsNew: false, location)
                : new ChunkClaim(claimed.Add(id), null);
        }
    }

    /// <summary>Takes in a durable pack of this run; writes an index object when 65,536 entries are together.</summary>
    internal async ValueTask AddPackAsync(PackSummary pack, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            await AddPendingAsync(pack, cancellationToken);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Writes what waits to be written: before a manifest that relies on it.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            await WritePendingAsync(cancellationToken);
        }
        finally
        {
            changing.Release();
        }
    }

    public void Dispose() => changing.Dispose();

    private async Task<ImmutableArray<IndexFile>> OpenFilesAsync(
        Dictionary<ObjectId, long> indexes, CancellationToken cancellationToken)
    {
        var opened = new List<IndexFile>();
        Func<ObjectId, CancellationToken, Task> openAsync = async (id, token) =>
        {
            IndexFile file = await IndexFile.OpenAsync(store, keys, id, indexes[id], token);
            lock (gate)
            {
                opened.Add(file);
            }
        };
        await ForEachAsync(indexes.Keys, openAsync, cancellationToken);
        return [.. opened.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>Reads the chunk tables of those packs that are there and are known from nowhere.</summary>
    private async Task ReadUnlistedAsync(
        IEnumerable<ObjectId> packIds, ImmutableArray<IndexFile> sound, CancellationToken cancellationToken)
    {
        HashSet<ObjectId> listed = [.. sound.SelectMany(file => file.Packs).Select(pack => pack.Id)];
        ObjectId[] unknown = [.. packIds.Where(id => present.ContainsKey(id) && !listed.Contains(id) && !IsInMemory(id))];
        using var adding = new SemaphoreSlim(1, 1);
        Func<ObjectId, CancellationToken, Task> readAsync = async (id, token) =>
        {
            PackFile file = await PackFile.OpenAsync(store, keys, id, Locked(() => present[id]), token);
            await adding.WaitAsync(token);
            try
            {
                await AddUnlistedAsync(file.Summary, token);
            }
            finally
            {
                adding.Release();
            }
        };
        await ForEachAsync(unknown, readAsync, cancellationToken);
    }

    /// <summary>
    /// What this slot wrote and could not index, a crash did that; it is indexed now. What others wrote they may be writing
    /// still.
    /// </summary>
    private async Task AddUnlistedAsync(PackSummary pack, CancellationToken cancellationToken)
    {
        if (writer is not null && pack.Pack.SlotId == keys.SlotId)
        {
            await AddPendingAsync(pack, cancellationToken);
            return;
        }

        lock (gate)
        {
            unlisted.Add(pack);
        }
    }

    private async Task AddPendingAsync(PackSummary pack, CancellationToken cancellationToken)
    {
        if (pending.EntryCount + pack.Entries.Count > IndexLimits.MaxEntries)
        {
            await WritePendingAsync(cancellationToken);
        }

        lock (gate)
        {
            pending.Add(pack);
            present[pack.Pack.Id] = pack.Pack.Size;
            claimed.ExceptWith(pack.Entries.Select(entry => entry.Id));
        }

        if (pending.EntryCount == IndexLimits.MaxEntries)
        {
            await WritePendingAsync(cancellationToken);
        }
    }

    private async Task WritePendingAsync(CancellationToken cancellationToken)
    {
        if (pending.EntryCount == 0 || writer is null)
        {
            return;
        }

        IndexFile file = await writer.WriteAsync([.. pending.Packs], cancellationToken);
        lock (gate)
        {
            files = files.Add(file);
            pending = new PackMap();
        }
    }

    private async Task<List<Candidate>> SearchAsync(ChunkId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = new List<Candidate>();
            ImmutableArray<IndexFile> searched;
            lock (gate)
            {
                pending.Find(id, found);
                unlisted.Find(id, found);
                searched = files;
            }

            if (await TrySearchAsync(searched, id, found, cancellationToken))
            {
                return found;
            }
        }
    }

    /// <summary>
    /// False if an index turned out to be damaged: it is set aside, its packs are read instead, and the search begins again.
    /// </summary>
    private async Task<bool> TrySearchAsync(
        ImmutableArray<IndexFile> searched, ChunkId id, List<Candidate> found, CancellationToken cancellationToken)
    {
        foreach (IndexFile file in searched)
        {
            try
            {
                await search.FindAsync(file, id, found, cancellationToken);
            }
            catch (DataResilienceException exception) when (ObjectFault.TryFind(exception, out ObjectFault? fault))
            {
                await SetAsideAsync(file, fault, cancellationToken);
                return false;
            }
        }

        return true;
    }

    private async Task SetAsideAsync(IndexFile damaged, ObjectFault fault, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            // Another thread may have met the same damage first.
            if (files.Contains(damaged))
            {
                // It leaves only when its packs are known: a search in between meets the damage too, and waits here.
                await ReadUnlistedAsync(damaged.Packs.Select(pack => pack.Id), files.Remove(damaged), cancellationToken);
                Report(fault);
                lock (gate)
                {
                    files = files.Remove(damaged);
                }
            }
        }
        finally
        {
            changing.Release();
        }
    }

    private async ValueTask<bool> IsTrustedAsync(Candidate candidate, CancellationToken cancellationToken)
    {
        PackReference pack = candidate.Location.Pack;
        return IsPresent(pack)
            && mayDeduplicateAgainst(pack)
            && (candidate.IsFirstHand || await tables.ConfirmAsync(candidate.Location, Report, cancellationToken));
    }

    private bool IsPresent(PackReference pack) => Locked(() => present.TryGetValue(pack.Id, out long size) && size == pack.Size);

    private bool IsInMemory(ObjectId packId) => Locked(() => pending.Contains(packId) || unlisted.Contains(packId));

    private async Task ForEachAsync(
        IEnumerable<ObjectId> ids, Func<ObjectId, CancellationToken, Task> openAsync, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids, options, async (id, token) =>
        {
            try
            {
                await openAsync(id, token);
            }
            catch (DataResilienceException exception) when (ObjectFault.TryFind(exception, out ObjectFault? fault))
            {
                Report(fault);
            }
        });
    }

    private void Report(ObjectFault fault)
    {
        lock (gate)
        {
            findings.Add(fault);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
