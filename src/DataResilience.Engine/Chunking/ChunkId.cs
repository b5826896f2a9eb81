using System.Buffers.Binary;

namespace DataResilience.Engine.Chunking;

/// <summary>The keyed hash of a chunk's plain bytes: 32 bytes, written as 64 hexadecimal digits.</summary>
internal readonly record struct ChunkId(UInt128 High, UInt128 Low) : IComparable<ChunkId>
{
    internal const int Size = 32;

    internal static ChunkId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    internal static bool TryParse(ReadOnlySpan<char> text, out ChunkId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool isId = text.Length == Size * 2
            && !text.ContainsAnyInRange('A', 'F')
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        id = isId ? Read(bytes) : default;
        return isId;
    }

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], Low);
    }

    public static bool operator <(ChunkId left, ChunkId right) => left.CompareTo(right) < 0;

    public static bool operator <=(ChunkId left, ChunkId right) => left.CompareTo(right) <= 0;

    public static bool operator >(ChunkId left, ChunkId right) => left.CompareTo(right) > 0;

    public static bool operator >=(ChunkId left, ChunkId right) => left.CompareTo(right) >= 0;

    /// <summary>The order of the bytes, which is the order of index pages.</summary>
    public int CompareTo(ChunkId other)
    {
        int high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
