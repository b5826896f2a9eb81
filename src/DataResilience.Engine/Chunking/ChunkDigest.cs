using System.Buffers.Binary;

namespace DataResilience.Engine.Chunking;

/// <summary>The digest of one chunk without its number of rows, which stands in the chunk list: 16 bytes.</summary>
internal readonly record struct ChunkDigest(ulong Low, ulong High)
{
    internal const int Size = 2 * sizeof(ulong);

    internal static ChunkDigest Of(RowDigest digest) => new(digest.Low, digest.High);

    internal static ChunkDigest Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[sizeof(ulong)..]));

    internal RowDigest WithRows(long rows) => new(rows, Low, High);

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Low);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[sizeof(ulong)..], High);
    }
}
