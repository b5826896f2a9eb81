using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Opens the rows of a range in rowid or primary key order.</summary>
internal sealed class RowCursorFactory(SqliteSession session, bool isUtf8)
{
    internal RowCursor Open(TableSchema table, RowRange range)
    {
        var statements = new List<SqliteStatement>();
        try
        {
            return Open(table, range, statements);
        }
        catch
        {
            statements.ForEach(statement => statement.Dispose());
            throw;
        }
    }

    private RowCursor Open(TableSchema table, RowRange range, List<SqliteStatement> statements)
    {
        TableLayout layout = TableLayout.Of(table);
        List<string> names = [.. table.Columns.Select(column => SqliteName.Quote(column.Name))];
        RowCursor.Place[] types = Select(names, splitFirst: layout.RowIdName is not null);
        RowCursor.Place[] values = isUtf8
            ? types
            : Select([.. names.Select(name => $"CAST({name} AS BLOB)")], splitFirst: layout.RowIdName is not null);
        return new RowCursor(statements, types, values);

        // The rowid and 2,000 columns are more than one statement may return.
        RowCursor.Place[] Select(List<string> columns, bool splitFirst) => splitFirst && columns.Count > 2000
            ? [.. SelectInOne(columns[..1]), .. SelectInOne(columns[1..])]
            : SelectInOne(columns);

        RowCursor.Place[] SelectInOne(List<string> columns)
        {
            SqliteStatement statement = session.Prepare(Query(table, range, layout, columns));
            statements.Add(statement);
            BindBounds(statement, range);
            return [.. Enumerable.Range(0, columns.Count).Select(place => new RowCursor.Place(statement.Handle, place))];
        }
    }

    private static string Query(TableSchema table, RowRange range, TableLayout layout, List<string> columns)
    {
        // A table of generated columns alone, all names of the rowid taken, has nothing to read but its rows' number.
        string list = columns.Count == 0 ? "NULL" : string.Join(',', columns);
        string from = $"SELECT {list} FROM {SqliteName.Table(table.Name)} NOT INDEXED";
        if (layout.Locator is not { } locator)
        {
            // Without an index and an order SQLite walks the table's own tree: the primary key's or the rowid's order.
            return from;
        }

        string rowId = SqliteName.Quote(locator);
        string lower = range.From is null ? "" : $" AND {rowId} >= ?1";
        string upper = range.To is null ? "" : $" AND {rowId} < ?2";
        return $"{from} WHERE 1{lower}{upper} ORDER BY {rowId}";
    }

    private static void BindBounds(SqliteStatement statement, RowRange range)
    {
        if (range.From is { } from)
        {
            statement.Bind(1, long.Parse(from, CultureInfo.InvariantCulture));
        }

        if (range.To is { } to)
        {
            statement.Bind(2, long.Parse(to, CultureInfo.InvariantCulture));
        }
    }
}
