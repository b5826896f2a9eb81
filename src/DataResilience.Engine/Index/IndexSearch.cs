using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Index;

/// <summary>Finds a chunk in index objects, with a cache of opened pages of a stated size in front.</summary>
/// <param name="ownSlot">The slot whose own indexes are first hand.</param>
/// <param name="cacheBytes">The most bytes of opened pages that are kept.</param>
internal sealed class IndexSearch(ObjectId ownSlot, long cacheBytes)
{
    private readonly BoundedCache<(ObjectId Index, int Page), IndexPageContent> pages = new(cacheBytes);

    /// <summary>How many bytes of opened pages are kept now.</summary>
    internal long CachedBytes => pages.Weight;

    /// <summary>Adds every place where an index says the chunk is.</summary>
    /// <exception cref="DataResilienceException">
    /// <c>ObjectMissing</c>, <c>ObjectDamaged</c> with an <see cref="ObjectFault"/>.
    /// </exception>
    internal async ValueTask FindAsync(IndexFile file, ChunkId id, List<Candidate> found, CancellationToken cancellationToken)
    {
        for (int number = file.FirstPageFor(id); number < file.Pages.Count && file.Pages[number].First <= id; number++)
        {
            IndexPageContent page = await PageAsync(file, number, cancellationToken);
            for (int i = page.FirstAtOrAbove(id); i < page.Count && page.IdAt(i) == id; i++)
            {
                IndexEntry entry = page[i];
                found.Add(new Candidate(new ChunkLocation(file.Packs[entry.PackNumber], entry.Entry), file.Signer == ownSlot));
            }
        }
    }

    private async ValueTask<IndexPageContent> PageAsync(IndexFile file, int number, CancellationToken cancellationToken)
    {
        if (!pages.TryGet((file.Id, number), out IndexPageContent? page))
        {
            page = await file.ReadPageAsync(number, cancellationToken);
            pages.Add((file.Id, number), page, page.Bytes);
        }

        return page;
    }
}
