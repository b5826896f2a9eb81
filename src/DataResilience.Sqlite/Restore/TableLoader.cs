using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Loads blocks of rows into one table.</summary>
internal sealed class TableLoader : IDisposable
{
    private readonly RowInserter inserter;
    private readonly CarriedRow carried;

    /// <param name="inserter">Where rows go.</param>
    /// <param name="spillPath">The name of a file for a row that is too large for memory.</param>
    internal TableLoader(RowInserter inserter, string spillPath)
    {
        this.inserter = inserter;
        carried = new CarriedRow(spillPath);
    }

    /// <summary>How many rows were inserted.</summary>
    internal long Rows { get; private set; }

    internal void Add(RowBlock block)
    {
        ReadOnlySpan<byte> bytes = block.Bytes.Span;
        int start = 0;
        foreach (int end in block.RowEnds.Span)
        {
            Insert(bytes[start..end]);
            start = end;
        }

        if (start < bytes.Length)
        {
            carried.Append(bytes[start..]);
        }
    }

    /// <summary>Fails if the last row has no end.</summary>
    internal void End(string table)
    {
        if (carried.Length > 0)
        {
            throw Errors.RestoreCheckFailed.Create(table, "the last row is cut off");
        }
    }

    public void Dispose()
    {
        inserter.Dispose();
        carried.Dispose();
    }

    private void Insert(ReadOnlySpan<byte> row)
    {
        if (carried.Length == 0)
        {
            inserter.Insert(row, null);
        }
        else
        {
            carried.Append(row);
            inserter.Insert(carried.Bytes, carried);
            carried.Clear();
        }

        Rows++;
    }
}
