using System.Buffers;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The block that is being filled. No byte is copied again but those of a row that two blocks share.</summary>
internal sealed class RowBlockBuilder
{
    private const int FirstRowEnds = 1 << 14;

    private byte[]? buffer;
    private int[]? rowEnds;
    private int length;

    /// <summary>How many rows end in it.</summary>
    internal int Rows { get; private set; }

    internal bool IsEmpty => length == 0;

    /// <summary>How many more bytes it takes.</summary>
    internal int FreeBytes => RowBlock.MaxBytes - length;

    /// <summary>What bytes are put into, from <see cref="Length"/> on.</summary>
    internal byte[] Buffer => buffer ??= ArrayPool<byte>.Shared.Rent(RowBlock.MaxBytes);

    internal int Length => length;

    /// <summary>Counts in bytes that were put into <see cref="Buffer"/>.</summary>
    internal void Add(int count) => length += count;

    internal void Add(byte value)
    {
        Buffer[length] = value;
        length++;
    }

    internal void Add(byte first, byte second)
    {
        Add(first);
        Add(second);
    }

    /// <summary>Ends a row.</summary>
    internal void EndRow()
    {
        Add(MySqlRowFormat.LineEnd);
        rowEnds ??= ArrayPool<int>.Shared.Rent(FirstRowEnds);
        if (Rows == rowEnds.Length)
        {
            int[] larger = ArrayPool<int>.Shared.Rent(Rows * 2);
            rowEnds.AsSpan().CopyTo(larger);
            ArrayPool<int>.Shared.Return(rowEnds);
            rowEnds = larger;
        }

        rowEnds[Rows] = length;
        Rows++;
    }

    /// <summary>Hands over the whole rows, or where no row ends all bytes; the rest begins the next block.</summary>
    internal RowBlock Take()
    {
        byte[] full = Buffer;
        int end = Rows > 0 ? rowEnds![Rows - 1] : length;
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

    /// <summary>Gives the buffers back.</summary>
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
}
