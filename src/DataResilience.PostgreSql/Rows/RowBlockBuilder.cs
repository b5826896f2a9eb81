using System.Buffers;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>The block that is being filled, straight from the connection: no byte is copied but those of a row that two blocks share.</summary>
internal sealed class RowBlockBuilder
{
    private const int FirstRowEnds = 1 << 14;

    private byte[]? buffer;
    private int[]? rowEnds;
    private int length;

    /// <summary>How many rows end in it.</summary>
    internal int Rows { get; private set; }

    internal bool IsEmpty => length == 0;

    internal bool IsFull => length == RowBlock.MaxBytes;

    /// <summary>Where the next bytes go; never empty unless it is full.</summary>
    internal Memory<byte> Free => Buffer.AsMemory(length, RowBlock.MaxBytes - length);

    private byte[] Buffer => buffer ??= ArrayPool<byte>.Shared.Rent(RowBlock.MaxBytes);

    /// <summary>Counts in bytes that were put into <see cref="Free"/>, and the rows that end in them.</summary>
    internal void AddText(int count)
    {
        ReadOnlySpan<byte> added = buffer.AsSpan(length, count);
        int end = length;
        length += count;
        for (int at = added.IndexOf(PostgreSqlRowFormat.LineEnd); at >= 0; at = added.IndexOf(PostgreSqlRowFormat.LineEnd))
        {
            end += at + 1;
            AddRowEnd(end);
            added = added[(at + 1)..];
        }
    }

    /// <summary>Counts in bytes of which no row's end is known.</summary>
    internal void AddPart(int count) => length += count;

    internal void AddPart(byte value)
    {
        Buffer[length] = value;
        length++;
    }

    /// <summary>The last bytes; there must be so many.</summary>
    internal ReadOnlySpan<byte> Last(int count) => buffer.AsSpan(length - count, count);

    /// <summary>Ends a row where the bytes end, but for the last few, which are taken away.</summary>
    internal void EndRow(int drop)
    {
        length -= drop;
        AddRowEnd(length);
    }

    /// <summary>Hands over the whole rows, or where no row ends all bytes; the rest begins the next block.</summary>
    /// <param name="keep">How many of the last bytes stay in any case.</param>
    internal RowBlock Take(int keep = 0)
    {
        byte[] full = Buffer;
        int end = Rows > 0 ? rowEnds![Rows - 1] : length - keep;
        int rest = length - end;
        var block = new RowBlock(full, end, rowEnds ?? ArrayPool<int>.Shared.Rent(1), Rows);
        (buffer, rowEnds, length, Rows) = (null, null, 0, 0);
        if (rest > 0)
        {
            full.AsSpan(end, rest).CopyTo(Buffer);
            length = rest;
        }

        return block;
    }

    /// <summary>Gives the buffers back, which nobody may be writing to any more.</summary>
    internal void Release()
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (rowEnds is not null)
        {
            ArrayPool<int>.Shared.Return(rowEnds);
        }

        (buffer, rowEnds) = (null, null);
    }

    private void AddRowEnd(int end)
    {
        rowEnds ??= ArrayPool<int>.Shared.Rent(FirstRowEnds);
        if (Rows == rowEnds.Length)
        {
            int[] larger = ArrayPool<int>.Shared.Rent(Rows * 2);
            rowEnds.AsSpan().CopyTo(larger);
            ArrayPool<int>.Shared.Return(rowEnds);
            rowEnds = larger;
        }

        rowEnds[Rows] = end;
        Rows++;
    }
}
