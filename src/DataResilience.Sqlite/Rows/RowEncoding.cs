using System.Numerics;

namespace DataResilience.Sqlite;

/// <summary>
/// Row encoding 1. A row is an unsigned LEB128 varint, the length of what follows; then for each column one byte, the storage
/// class, and the value: nothing for NULL; the zigzag LEB128 varint of an INTEGER; the 8 bytes of a REAL's IEEE 754 bits,
/// little-endian; for TEXT and BLOB the LEB128 length in bytes and the bytes. TEXT keeps the encoding of its database, byte by
/// byte, so that a text which is not valid in it survives. Varints are the shortest there are: equal rows are equal bytes.
/// </summary>
internal static class RowEncoding
{
    internal const int Version = 1;

    internal const byte Null = 0;
    internal const byte Integer = 1;
    internal const byte Real = 2;
    internal const byte Text = 3;
    internal const byte Blob = 4;

    /// <summary>The most bytes of a varint.</summary>
    internal const int MaxVarintBytes = 10;

    internal static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    internal static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    internal static int VarintLength(ulong value) => ((BitOperations.Log2(value | 1) * 9) + 73) / 64;

    internal static int WriteVarint(Span<byte> destination, ulong value)
    {
        int at = 0;
        while (value >= 0x80)
        {
            destination[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[at++] = (byte)value;
        return at;
    }

    /// <summary>Reads a varint.</summary>
    /// <returns>How many bytes it took; 0 if the bytes end before it does.</returns>
    /// <exception cref="InvalidDataException">It does not end where a 64-bit number must.</exception>
    internal static int ReadVarint(ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        int limit = Math.Min(source.Length, MaxVarintBytes);
        for (int at = 0; at < limit; at++)
        {
            value |= (ulong)(source[at] & 0x7f) << (7 * at);
            if (source[at] < 0x80)
            {
                return at + 1;
            }
        }

        return source.Length < MaxVarintBytes ? 0 : throw new InvalidDataException("A number in a row has no end.");
    }
}
