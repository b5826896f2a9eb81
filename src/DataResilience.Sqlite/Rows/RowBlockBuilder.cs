using System.Buffers;
using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>The block that is being filled.</summary>
internal sealed class RowBlockBuilder : IDisposable
{
    private byte[]? buffer;
    private int[]? rowEnds;
    private int rows;

    /// <summary>How many bytes it holds.</summary>
    internal int Length { get; private set; }

    /// <summary>Where the next bytes go.</summary>
    internal Span<byte> Free =>
        (buffer ??= ArrayPool<byte>.Shared.Rent(RowBlock.MaxBytes)).AsSpan(Length, RowBlock.MaxBytes - Length);

    internal void Advance(int bytes) => Length += bytes;

    internal void EndRow()
    {
        rowEnds ??= ArrayPool<int>.Shared.Rent(1 << 14);
        if (rows == rowEnds.Length)
        {
            int[] larger = ArrayPool<int>.Shared.Rent(rows * 2);
            rowEnds.AsSpan().CopyTo(larger);
            ArrayPool<int>.Shared.Return(rowEnds);
            rowEnds = larger;
        }

        rowEnds[rows++] = Length;
    }

    /// <summary>Hands the block over and begins the next.</summary>
    internal RowBlock Take()
    {
        var block = new RowBlock(
            buffer ?? ArrayPool<byte>.Shared.Rent(1), Length, rowEnds ?? ArrayPool<int>.Shared.Rent(1), rows);
        (buffer, rowEnds, rows, Length) = (null, null, 0, 0);
        return block;
    }

    public void Dispose()
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
