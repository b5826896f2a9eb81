using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Packs;

/// <summary>What a bad writer with all the keys can put into a store: a pack, rightly sealed and signed, whose table lies.</summary>
internal static class ForgedPack
{
    /// <summary>Replaces the table of a pack, and its chunks if other bytes are given.</summary>
    public static PackSummary WithTable(
        InMemoryObjectStore store, TestRepository repository, TestSlot slot, PackSummary pack, Action<List<PackEntry>> lie, byte[]? chunks = null)
    {
        byte[] content = store.Content(pack.Pack.Name);
        int chunksBegin = (int)pack.Entries[0].Offset;
        byte[] body = chunks is null ? content[..(int)pack.Entries[^1].End] : [.. content[..chunksBegin], .. chunks];
        List<PackEntry> entries = [.. pack.Entries];
        lie(entries);
        byte[] table = ChunkTable.Seal(slot, repository.Random, pack.Pack.Id, entries.ToArray());
        Sha256Hash hash = Sha256Hash.Of(body.AsSpan(0, chunksBegin), table);
        byte[] trailer = SignedTrailer.Sign(slot, ObjectKind.Pack, pack.Pack.Id, (ulong)body.Length, (uint)table.Length, hash);
        byte[] forged = [.. body, .. table, .. trailer];
        store.Overwrite(pack.Pack.Name, forged);
        return new PackSummary(pack.Pack with { Size = forged.Length, TrailerHash = hash }, entries);
    }

    /// <summary>A pack of one chunk whose bytes, codec and lengths are as given, sealed with a key that opens.</summary>
    public static PackSummary WithChunk(InMemoryObjectStore store, TestRepository repository, TestSlot slot, PackEntry claimed, byte[] data)
    {
        var id = ObjectId.New(repository.Random);
        (PackContentKey keyEntry, byte[] key) = PackKeys.New(slot, repository.Random, PackClass.Content);
        var header = new PackHeader(slot.RepositoryId, id, slot.SlotId, PackClass.Content, 1);
        byte[] body = new byte[header.EndOfKeys + data.Length + SealedChunk.TagBytes];
        header.Write(body);
        keyEntry.Write(body.AsSpan(PackHeader.Size));
        Span<byte> place = body.AsSpan(header.EndOfKeys);
        PackEntry entry = claimed with { Offset = (ulong)header.EndOfKeys, SealedLength = (uint)place.Length };
        SealedChunk.Seal(key, slot.RepositoryId, keyEntry.Id, entry, data, place);
        entry = entry with { SealedHash = Sha256Hash.Of(place) };
        var reference = new PackReference(id, 0, PackClass.Content, slot.SlotId, default);
        store.Overwrite(reference.Name, body);
        return WithTable(store, repository, slot, new PackSummary(reference, [entry]), _ => { });
    }
}
