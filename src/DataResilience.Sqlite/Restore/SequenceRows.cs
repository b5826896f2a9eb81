using System.Buffers;
using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>
/// The rows of sqlite_sequence, kept until every table is loaded. Into a database of other tables only the numbers of the
/// restored ones go, as their schema carries them.
/// </summary>
internal sealed class SequenceRows(SqliteSession session, TargetOptions options, bool isLive)
{
    private readonly ArrayBufferWriter<byte> rows = new();
    private readonly List<int> rowEnds = [];
    private TableSchema? table;
    private bool isApplied;

    internal async Task<long> KeepAsync(IAsyncEnumerable<RowBlock> blocks, CancellationToken cancellationToken)
    {
        table = options.Tables.First(item => SqliteName.Same(item.Name, SequenceTable.Name));
        long count = 0;
        await foreach (RowBlock block in blocks.WithCancellation(cancellationToken))
        {
            using (block)
            {
                Keep(block);
                count += block.Rows;
            }
        }

        return count;
    }

    internal void Apply(byte textEncoding)
    {
        if (isApplied || !options.IncludesRows || !SchemaWriter.Exists(session, "table", SequenceTable.Name))
        {
            return;
        }

        isApplied = true;
        if (table is not null && !isLive)
        {
            ReplaceAll(table, textEncoding);
        }
        else
        {
            foreach (TableSchema item in options.Tables)
            {
                ApplyTo(item);
            }
        }
    }

    private void Keep(RowBlock block)
    {
        int start = rows.WrittenCount;
        rows.Write(block.Bytes.Span);
        foreach (int end in block.RowEnds.Span)
        {
            rowEnds.Add(start + end);
        }
    }

    private void ReplaceAll(TableSchema sequence, byte textEncoding)
    {
        session.Execute("DELETE FROM main.sqlite_sequence");
        using var inserter = new RowInserter(session, sequence, InsertOptions.Plain(textEncoding));
        int start = 0;
        foreach (int end in rowEnds)
        {
            inserter.Insert(rows.WrittenSpan[start..end], null);
            start = end;
        }
    }

    // Rows that were added to others must not take the number back.
    private void ApplyTo(TableSchema item)
    {
        if (TableLayout.Of(item).Sequence is not { } text || !long.TryParse(text, CultureInfo.InvariantCulture, out long sequence))
        {
            return;
        }

        long present = options.IncludesSchema ? long.MinValue : Present(item.Name);
        using (SqliteStatement remove = session.Prepare("DELETE FROM main.sqlite_sequence WHERE name = ?1 COLLATE NOCASE"))
        {
            remove.Bind(1, item.Name).Run();
        }

        using SqliteStatement add = session.Prepare("INSERT INTO main.sqlite_sequence(name, seq) VALUES(?1, ?2)");
        add.Bind(1, item.Name).Bind(2, Math.Max(present, sequence)).Run();
    }

    private long Present(string name)
    {
        using SqliteStatement statement = session.Prepare("SELECT seq FROM main.sqlite_sequence WHERE name = ?1 COLLATE NOCASE");
        return statement.Bind(1, name).Step() ? statement.Int64(0) : long.MinValue;
    }
}
