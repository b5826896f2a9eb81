using System.Buffers.Binary;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>Writes the row that a cursor stands on in <see cref="RowEncoding"/>.</summary>
internal sealed class RowEncoder(RowCursor cursor)
{
    // A column's class byte and the longest number after it.
    private const int MaxColumnHead = 1 + RowEncoding.MaxVarintBytes;

    // Rows of up to 16 KB have a length of two bytes; the others are moved by a byte.
    private const int ExpectedPrefix = 2;

    /// <summary>Writes the whole row.</summary>
    /// <returns>How many bytes it took; -1 if it may not fit, and nothing counts.</returns>
    internal int TryEncode(Span<byte> destination)
    {
        if (destination.Length < RowEncoding.MaxVarintBytes)
        {
            return -1;
        }

        int at = ExpectedPrefix;
        for (int column = 0; column < cursor.Columns; column++)
        {
            int written = TryEncodeColumn(destination[at..], column);
            if (written < 0)
            {
                return -1;
            }

            at += written;
        }

        int length = at - ExpectedPrefix;
        int prefix = RowEncoding.VarintLength((ulong)length);
        if (prefix + length > destination.Length)
        {
            return -1;
        }

        if (prefix != ExpectedPrefix)
        {
            destination.Slice(ExpectedPrefix, length).CopyTo(destination[prefix..]);
        }

        RowEncoding.WriteVarint(destination, (ulong)length);
        return prefix + length;
    }

    /// <summary>The length of the row without its prefix.</summary>
    internal long Measure()
    {
        Span<byte> head = stackalloc byte[MaxColumnHead];
        long length = 0;
        for (int column = 0; column < cursor.Columns; column++)
        {
            length += EncodeHead(head, column, out int bytes) + (long)bytes;
        }

        return length;
    }

    /// <summary>Writes a column's class and number; the bytes of a text or a blob follow.</summary>
    /// <returns>How many bytes it took.</returns>
    internal int EncodeHead(Span<byte> destination, int column, out int bytes)
    {
        bytes = 0;
        int type = cursor.TypeOf(column);
        if (type is not (raw.SQLITE_TEXT or raw.SQLITE_BLOB))
        {
            return EncodeNumber(destination, type, column);
        }

        bytes = cursor.Bytes(column).Length;
        destination[0] = type == raw.SQLITE_TEXT ? RowEncoding.Text : RowEncoding.Blob;
        return 1 + RowEncoding.WriteVarint(destination[1..], (ulong)bytes);
    }

    private int TryEncodeColumn(Span<byte> destination, int column)
    {
        if (destination.Length < MaxColumnHead)
        {
            return -1;
        }

        int type = cursor.TypeOf(column);
        return type is raw.SQLITE_TEXT or raw.SQLITE_BLOB
            ? TryEncodeBytes(destination, type, cursor.Bytes(column))
            : EncodeNumber(destination, type, column);
    }

    private static int TryEncodeBytes(Span<byte> destination, int type, ReadOnlySpan<byte> bytes)
    {
        destination[0] = type == raw.SQLITE_TEXT ? RowEncoding.Text : RowEncoding.Blob;
        int head = 1 + RowEncoding.WriteVarint(destination[1..], (ulong)bytes.Length);
        return bytes.TryCopyTo(destination[head..]) ? head + bytes.Length : -1;
    }

    private int EncodeNumber(Span<byte> destination, int type, int column)
    {
        switch (type)
        {
            case raw.SQLITE_INTEGER:
                destination[0] = RowEncoding.Integer;
                return 1 + RowEncoding.WriteVarint(destination[1..], RowEncoding.ZigZag(cursor.Int64(column)));
            case raw.SQLITE_FLOAT:
                destination[0] = RowEncoding.Real;
                BinaryPrimitives.WriteDoubleLittleEndian(destination[1..], cursor.Double(column));
                return 9;
            default:
                destination[0] = RowEncoding.Null;
                return 1;
        }
    }
}
