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
        string keyOrder = layout.Locator is null ? KeyOrder(table.Name) : "";
        List<string> names = [.. table.Columns.Select(column => SqliteName.Quote(column.Name))];
        RowCursor.Place[] types = Select(isUtf8 ? names : [.. names.Select(WithoutBytes)], splitFirst: layout.RowIdName is not null);
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
            SqliteStatement statement = session.Prepare(Query(table, range, layout, columns, keyOrder));
            statements.Add(statement);
            BindBounds(statement, range);
            return [.. Enumerable.Range(0, columns.Count).Select(place => new RowCursor.Place(statement.Handle, place))];
        }
    }

    // Of a value whose bytes another statement reads only the class: SQLite does not read it to tell its type.
    private static string WithoutBytes(string name) => $"CASE typeof({name}) WHEN 'text' THEN '' WHEN 'blob' THEN x'' ELSE {name} END";

    private static string Query(TableSchema table, RowRange range, TableLayout layout, List<string> columns, string keyOrder)
    {
        // A table of generated columns alone, all names of the rowid taken, has nothing to read but its rows' number.
        string list = columns.Count == 0 ? "NULL" : string.Join(',', columns);
        string from = $"SELECT {list} FROM {SqliteName.Table(table.Name)}";
        if (layout.Locator is not { } locator)
        {
            // Without an index and an order SQLite walks the table's own tree, in the order of the rowid.
            return keyOrder.Length == 0 ? $"{from} NOT INDEXED" : $"{from} ORDER BY {keyOrder}";
        }

        string rowId = SqliteName.Quote(locator);
        string lower = range.From is null ? "" : $" AND {rowId} >= ?1";
        string upper = range.To is null ? "" : $" AND {rowId} < ?2";
        return $"{from} NOT INDEXED WHERE 1{lower}{upper} ORDER BY {rowId}";
    }

    /// <summary>The columns of the tree that a WITHOUT ROWID table is, in its order; empty for a table with rowids.</summary>
    private string KeyOrder(string table)
    {
        using SqliteStatement statement = session.Prepare(
            """
            SELECT part.name, part.coll, part."desc" FROM pragma_table_list list, pragma_index_list(list.name, 'main') key,
                pragma_index_xinfo(key.name, 'main') part
            WHERE list.schema = 'main' AND list.wr AND list.name = ?1 AND key.origin = 'pk' AND part.key ORDER BY part.seqno
            """);
        statement.Bind(1, table);
        var parts = new List<string>();
        while (statement.Step())
        {
            string direction = statement.Int64(2) != 0 ? "DESC" : "ASC";
            parts.Add($"{SqliteName.Quote(statement.Text(0))} COLLATE {SqliteName.Quote(statement.Text(1))} {direction}");
        }

        return string.Join(',', parts);
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
