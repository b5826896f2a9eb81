using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using DataResilience.Providers;

namespace DataResilience.Engine.Chunking;

/// <summary>Fills row blocks of at most <see cref="RowBlock.MaxBytes"/>; a row larger than that goes over several.</summary>
internal sealed class RowBlockFiller : IDisposable
{
    private const int FirstRowEnds = 4096;

    private byte[]? buffer;
    private int[]? rowEnds;
    private int length;
    private int rows;

    internal bool Fits(int rowLength) => length + rowLength <= RowBlock.MaxBytes;

    /// <summary>
    /// Adds a row, or a part of one. What a block cannot hold with it is given as blocks without a row end, the rest stays.
    /// </summary>
    internal IEnumerable<RowBlock> AddAllButLastPart(ReadOnlyMemory<byte> row, bool endsRow = true)
    {
        while (!Fits(row.Length))
        {
            int fitting = RowBlock.MaxBytes - length;
            Append(row.Span[..fitting]);
            row = row[fitting..];
            if (TryTake(out RowBlock? full))
            {
                yield return full;
            }
        }

        Append(row.Span);
        if (endsRow)
        {
            EndRow();
        }
    }

    internal bool TryTake([NotNullWhen(true)] out RowBlock? block)
    {
        block = length == 0 ? null : new RowBlock(buffer!, length, rowEnds!, rows);
        if (block is not null)
        {
            (buffer, rowEnds, length, rows) = (null, null, 0, 0);
        }

        return block is not null;
    }

    public void Dispose()
    {
        if (TryTake(out RowBlock? left))
        {
            left.Dispose();
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        buffer ??= ArrayPool<byte>.Shared.Rent(RowBlock.MaxBytes);
        rowEnds ??= ArrayPool<int>.Shared.Rent(FirstRowEnds);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private void EndRow()
    {
        if (rows == rowEnds!.Length)
        {
            int[] larger = ArrayPool<int>.Shared.Rent(rows * 2);
            rowEnds.CopyTo(larger, 0);
            ArrayPool<int>.Shared.Return(rowEnds);
            rowEnds = larger;
        }

        rowEnds[rows++] = length;
    }
}
