using System.Buffers.Binary;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;

namespace DataResilience.Engine.Index;

/// <summary>An entry of an index page: a chunk and where it is, 96 bytes (docs/repository-format.md, 7).</summary>
/// <param name="Entry">What the chunk table of the pack says.</param>
/// <param name="PackNumber">The pack's number in the directory, from 0.</param>
internal readonly record struct IndexEntry(PackEntry Entry, int PackNumber) : IComparable<IndexEntry>
{
    internal const int Size = 96;

    internal static IndexEntry Read(ReadOnlySpan<byte> bytes) => new(
        new PackEntry(
            ChunkId.Read(bytes),
            (ChunkKind)bytes[32],
            (ChunkCodec)bytes[33],
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[34..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[36..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[56..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]),
            Sha256Hash.Read(bytes[64..])),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[44..]));

    internal void Write(Span<byte> destination)
    {
        Entry.Id.Write(destination);
        destination[32] = (byte)Entry.Kind;
        destination[33] = (byte)Entry.Codec;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[34..], Entry.KeyNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[36..], Entry.Nonce);
        BinaryPrimitives.WriteInt32LittleEndian(destination[44..], PackNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[48..], Entry.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[56..], Entry.SealedLength);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[60..], Entry.PlainLength);
        Entry.SealedHash.Write(destination[64..]);
    }

    public static bool operator <(IndexEntry left, IndexEntry right) => left.CompareTo(right) < 0;

    public static bool operator <=(IndexEntry left, IndexEntry right) => left.CompareTo(right) <= 0;

    public static bool operator >(IndexEntry left, IndexEntry right) => left.CompareTo(right) > 0;

    public static bool operator >=(IndexEntry left, IndexEntry right) => left.CompareTo(right) >= 0;

    /// <summary>By chunk id; the same chunk in several packs, by their numbers.</summary>
    public int CompareTo(IndexEntry other)
    {
        int byId = Entry.Id.CompareTo(other.Entry.Id);
        return byId != 0 ? byId : PackNumber.CompareTo(other.PackNumber);
    }
}
