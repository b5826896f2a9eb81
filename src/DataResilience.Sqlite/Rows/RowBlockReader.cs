using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Fills blocks with the rows of a cursor.</summary>
internal sealed class RowBlockReader : IDisposable
{
    private readonly RowCursor cursor;
    private readonly RowEncoder encoder;
    private readonly RowBlockBuilder block = new();
    private LargeRow? large;
    private bool onRow;
    private bool atEnd;

    internal RowBlockReader(RowCursor cursor)
    {
        this.cursor = cursor;
        encoder = new RowEncoder(cursor);
    }

    /// <summary>The next block; null at the end.</summary>
    internal RowBlock? Next()
    {
        while (large is null && (onRow || Step()))
        {
            onRow = true;
            int written = encoder.TryEncode(block.Free);
            if (written < 0)
            {
                if (block.Length > 0)
                {
                    return block.Take();
                }

                large = new LargeRow(cursor, encoder);
                break;
            }

            block.Advance(written);
            block.EndRow();
            onRow = false;
        }

        return large is null ? TakeRest() : TakePart(large);
    }

    public void Dispose()
    {
        block.Dispose();
        cursor.Dispose();
    }

    // A statement that is stepped past its end would begin again.
    private bool Step()
    {
        atEnd = atEnd || !cursor.Step();
        return !atEnd;
    }

    private RowBlock? TakeRest() => block.Length > 0 ? block.Take() : null;

    private RowBlock TakePart(LargeRow row)
    {
        if (row.Fill(block))
        {
            block.EndRow();
            large = null;
            onRow = false;
        }

        return block.Take();
    }
}
