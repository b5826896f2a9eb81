using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The blocks of a load, one after the other, with what is known of the rows in them. It disposes each block.</summary>
/// <param name="rows">The blocks.</param>
/// <param name="tooLarge">Makes the failure for a row of so many bytes, which the server would not take.</param>
/// <param name="mostRowBytes">The largest row that the server takes.</param>
/// <param name="cancellationToken">Ends it, whoever reads.</param>
internal sealed class RowSupply(
    IAsyncEnumerable<RowBlock> rows, Func<long, Exception> tooLarge, long mostRowBytes, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<RowBlock> blocks = rows.GetAsyncEnumerator(cancellationToken);
    private RowBlock? block;
    private long openRow;
    private bool lastWasEscape;

    /// <summary>The block that is on; null before the first and after the last.</summary>
    internal RowBlock? Current => block;

    /// <summary>Whether the block ends within a row.</summary>
    internal bool IsInsideRow => openRow > 0;

    /// <summary>Why there is no next block, where that is a failure: a driver that reads from here tells it as one of its own.</summary>
    internal Exception? Failure { get; private set; }

    /// <summary>Goes on to the next block.</summary>
    internal async ValueTask<bool> NextAsync()
    {
        block?.Dispose();
        block = null;
        try
        {
            while (await blocks.MoveNextAsync())
            {
                block = blocks.Current;
                if (block.Bytes.Length > 0)
                {
                    Measure(block);
                    return true;
                }

                block.Dispose();
                block = null;
            }

            return false;
        }
        catch (Exception failure)
        {
            Failure = failure;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        block?.Dispose();
        block = null;
        await blocks.DisposeAsync();
    }

    /// <summary>Only a row that goes on in another block can be too large.</summary>
    private void Measure(RowBlock next)
    {
        ReadOnlySpan<byte> bytes = next.Bytes.Span;
        ReadOnlySpan<int> ends = next.RowEnds.Span;
        if (openRow > 0)
        {
            openRow += Unescaped(ends.Length > 0 ? bytes[..ends[0]] : bytes);
            Require();
        }

        if (ends.Length > 0)
        {
            openRow = 0;
            lastWasEscape = false;
            openRow = Unescaped(bytes[ends[^1]..]);
        }
        else if (openRow == 0)
        {
            openRow = Unescaped(bytes);
        }
    }

    private void Require()
    {
        if (openRow > mostRowBytes)
        {
            throw tooLarge(openRow);
        }
    }

    private long Unescaped(ReadOnlySpan<byte> bytes)
    {
        long count = 0;
        foreach (byte next in bytes)
        {
            lastWasEscape = next == MySqlRowFormat.Escape && !lastWasEscape;
            count += lastWasEscape ? 0 : 1;
        }

        return count;
    }
}
