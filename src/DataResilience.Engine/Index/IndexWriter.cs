using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Index;

/// <summary>Writes index objects. Any slot may: the catalog key seals them and the slot signs.</summary>
internal sealed class IndexWriter(IObjectStore store, IRepositoryKeys keys, IRandomSource random)
{
    /// <summary>Writes one index of whole packs, durably, and gives it opened.</summary>
    /// <param name="packs">Packs with at most 65,536 entries together, and at least one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<IndexFile> WriteAsync(IReadOnlyList<PackSummary> packs, CancellationToken cancellationToken)
    {
        IndexEntry[] entries = Sort(packs);
        var id = ObjectId.New(random);
        var header = new IndexHeader(
            keys.RepositoryId, id, keys.Generation, (uint)IndexLimits.PagesFor(entries.Length), (uint)entries.Length);
        byte[] head = header.ToBytes(random);
        var seal = new IndexSeal(keys, head);
        using var content = new MemoryStream(IndexHeader.Size + (entries.Length * (IndexEntry.Size + 1)));
        content.Write(head);
        var directory = new IndexDirectory([.. packs.Select(pack => pack.Pack)], WritePages(content, seal, entries));
        WriteDirectory(content, seal, directory, head, id);
        await CreateOnly.StoreAsync(
            store, IndexFile.NameOf(id), content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken);
        return new IndexFile(ObjectBytes.InStore(store, IndexFile.NameOf(id), content.Length), id, keys.SlotId, seal, directory);
    }

    private static IndexEntry[] Sort(IReadOnlyList<PackSummary> packs)
    {
        IndexEntry[] entries =
            [.. packs.SelectMany((pack, number) => pack.Entries.Select(entry => new IndexEntry(entry, number)))];
        if (entries.Length is 0 or > IndexLimits.MaxEntries)
        {
            throw new ArgumentException($"An index cannot have {entries.Length} entries.", nameof(packs));
        }

        Array.Sort(entries);
        return entries;
    }

    private static IndexPage[] WritePages(MemoryStream content, IndexSeal seal, IndexEntry[] entries)
    {
        var pages = new IndexPage[IndexLimits.PagesFor(entries.Length)];
        for (int i = 0; i < pages.Length; i++)
        {
            ReadOnlySpan<IndexEntry> page = entries.AsSpan(
                i * IndexLimits.MaxEntriesPerPage, IndexLimits.EntriesInPage(i, entries.Length));
            pages[i] = WritePage(content, seal, i, page);
        }

        return pages;
    }

    private static IndexPage WritePage(MemoryStream content, IndexSeal seal, int number, ReadOnlySpan<IndexEntry> entries)
    {
        byte[] plain = new byte[entries.Length * IndexEntry.Size];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i].Write(plain.AsSpan(i * IndexEntry.Size));
        }

        byte[] sealedBytes = new byte[plain.Length + IndexSeal.TagBytes];
        seal.Seal(IndexSeal.CounterOfPage(number), plain, sealedBytes);
        long offset = content.Position;
        content.Write(sealedBytes);
        return new IndexPage(entries[0].Entry.Id, offset, sealedBytes.Length, Sha256Hash.Of(sealedBytes));
    }

    private void WriteDirectory(MemoryStream content, IndexSeal seal, IndexDirectory directory, byte[] head, ObjectId id)
    {
        byte[] plain = directory.ToBytes();
        byte[] sealedBytes = new byte[plain.Length + IndexSeal.TagBytes];
        seal.Seal(IndexSeal.DirectoryCounter, plain, sealedBytes);
        long offset = content.Position;
        content.Write(sealedBytes);
        Sha256Hash hash = Sha256Hash.Of(head, sealedBytes);
        content.Write(SignedTrailer.Sign(keys, ObjectKind.Index, id, (ulong)offset, (uint)sealedBytes.Length, hash));
    }
}
