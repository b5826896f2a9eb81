using System.Buffers.Binary;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Index;

/// <summary>Which packs an index lists and where its pages are.</summary>
internal sealed record IndexDirectory(IReadOnlyList<PackReference> Packs, IReadOnlyList<IndexPage> Pages)
{
    internal const int MaxSealedBytes =
        sizeof(uint) + (IndexLimits.MaxPacks * PackBytes) + (IndexLimits.MaxPages * PageBytes) + IndexSeal.TagBytes;

    private const int PackBytes = ObjectId.Size + sizeof(ulong) + 1 + ObjectId.Size + Sha256Hash.Size;
    private const int PageBytes = ChunkId.Size + sizeof(ulong) + sizeof(uint) + Sha256Hash.Size;

    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[sizeof(uint) + (Packs.Count * PackBytes) + (Pages.Count * PageBytes)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Packs.Count);
        Span<byte> rest = bytes.AsSpan(sizeof(uint));
        foreach (PackReference pack in Packs)
        {
            Write(pack, rest);
            rest = rest[PackBytes..];
        }

        foreach (IndexPage page in Pages)
        {
            Write(page, rest);
            rest = rest[PageBytes..];
        }

        return bytes;
    }

    /// <exception cref="InvalidDataException">It is no directory of so many pages.</exception>
    internal static IndexDirectory Read(ReadOnlySpan<byte> bytes, int pageCount)
    {
        uint packCount = bytes.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (packCount is 0 or > IndexLimits.MaxPacks
            || bytes.Length != sizeof(uint) + (packCount * PackBytes) + (pageCount * PageBytes))
        {
            throw new InvalidDataException($"{bytes.Length} bytes are no directory of {packCount} packs and {pageCount} pages");
        }

        var packs = new PackReference[packCount];
        var pages = new IndexPage[pageCount];
        bytes = bytes[sizeof(uint)..];
        for (int i = 0; i < packs.Length; i++, bytes = bytes[PackBytes..])
        {
            packs[i] = ReadPack(bytes);
        }

        for (int i = 0; i < pages.Length; i++, bytes = bytes[PageBytes..])
        {
            pages[i] = ReadPage(bytes);
        }

        return new IndexDirectory(packs, pages);
    }

    /// <summary>What about the pages cannot be in an index with so many entries; null if nothing.</summary>
    internal string? Oddity(int entries, long directoryOffset)
    {
        long offset = IndexHeader.Size;
        for (int i = 0; i < Pages.Count; i++)
        {
            int length = (IndexLimits.EntriesInPage(i, entries) * IndexEntry.Size) + IndexSeal.TagBytes;
            if (Pages[i].Offset != offset || Pages[i].Length != length || (i > 0 && Pages[i].First < Pages[i - 1].First))
            {
                return $"page {i} is stated to lie at {Pages[i].Offset} with {Pages[i].Length} bytes";
            }

            offset += length;
        }

        return offset == directoryOffset ? null : $"the pages end at {offset}, the directory begins at {directoryOffset}";
    }

    private static void Write(PackReference pack, Span<byte> destination)
    {
        pack.Id.Write(destination);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], pack.Size);
        destination[24] = (byte)pack.Class;
        pack.SlotId.Write(destination[25..]);
        pack.TrailerHash.Write(destination[41..]);
    }

    private static void Write(IndexPage page, Span<byte> destination)
    {
        page.First.Write(destination);
        BinaryPrimitives.WriteInt64LittleEndian(destination[32..], page.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(destination[40..], page.Length);
        page.SealedHash.Write(destination[44..]);
    }

    private static PackReference ReadPack(ReadOnlySpan<byte> bytes) => new(
        ObjectId.Read(bytes),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
        (PackClass)bytes[24],
        ObjectId.Read(bytes[25..]),
        Sha256Hash.Read(bytes[41..]));

    private static IndexPage ReadPage(ReadOnlySpan<byte> bytes) => new(
        ChunkId.Read(bytes),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[40..]),
        Sha256Hash.Read(bytes[44..]));
}
