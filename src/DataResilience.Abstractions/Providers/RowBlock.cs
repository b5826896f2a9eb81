using System.Buffers;

namespace DataResilience.Providers;

/// <summary>
/// A run of rows in the engine's row encoding. A block begins where the block before it ended; it ends with the end of a row,
/// except that a row larger than a block goes on in the blocks that follow.
/// </summary>
/// <remarks>Its buffer is rented from the shared pool: whoever receives a block disposes it and keeps no reference to its bytes.</remarks>
public sealed class RowBlock : IDisposable
{
    /// <summary>The size that a provider fills blocks up to, in bytes. A block is never larger.</summary>
    public const int MaxBytes = 1 << 20;

    private readonly int length;
    private readonly int rows;
    private byte[]? buffer;
    private int[]? rowEnds;

    /// <summary>Takes over rented buffers.</summary>
    /// <param name="buffer">A buffer rented from <see cref="ArrayPool{T}.Shared"/>.</param>
    /// <param name="length">How many of its bytes are used.</param>
    /// <param name="rowEnds">A buffer rented from <see cref="ArrayPool{T}.Shared"/>: where each row ends, ascending.</param>
    /// <param name="rows">How many rows end in this block.</param>
    public RowBlock(byte[] buffer, int length, int[] rowEnds, int rows)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(rowEnds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, rowEnds.Length);
        this.buffer = buffer;
        this.length = length;
        this.rowEnds = rowEnds;
        this.rows = rows;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => Alive(buffer).AsMemory(0, length);

    /// <summary>The offset just past each row that ends in this block, ascending.</summary>
    public ReadOnlyMemory<int> RowEnds => Alive(rowEnds).AsMemory(0, rows);

    /// <summary>How many rows end in this block.</summary>
    public int Rows => rows;

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<int>.Shared.Return(Interlocked.Exchange(ref rowEnds, null)!);
        }
    }

    private static T Alive<T>(T? value)
        where T : class => value ?? throw new ObjectDisposedException(nameof(RowBlock));
}
