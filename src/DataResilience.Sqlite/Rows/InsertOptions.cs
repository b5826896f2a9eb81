using DataResilience.Providers;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>How rows go into a table.</summary>
/// <param name="TextEncoding">SQLite's number of the encoding of the database's text.</param>
/// <param name="InPlace">The columns whose values may be written after their row: nothing is computed from them.</param>
/// <param name="LeavesRowIdToTarget">Whether the rows are added to others, so that a rowid that no column holds cannot be kept.</param>
internal sealed record InsertOptions(byte TextEncoding, IReadOnlySet<string> InPlace, bool LeavesRowIdToTarget)
{
    private static readonly HashSet<string> None = [];

    internal bool IsUtf8 => TextEncoding == raw.SQLITE_UTF8;

    /// <summary>For rows that are written as they come.</summary>
    internal static InsertOptions Plain(byte textEncoding) => new(textEncoding, None, LeavesRowIdToTarget: false);

    /// <summary>What a table allows.</summary>
    internal static InsertOptions For(SqliteSession session, TableSchema table, byte textEncoding, bool addsToRows)
    {
        var layout = TableLayout.Of(table);
        return new InsertOptions(
            textEncoding,
            layout.Locator is null ? None : InPlaceColumns(session, table),
            addsToRows && layout.RowIdName is not null && HasRows(session, table.Name));
    }

    /// <summary>SQLite's number of the encoding of a database.</summary>
    internal static byte EncodingOf(SqliteSession session) => session.QueryText("PRAGMA main.encoding") switch
    {
        "UTF-16le" => raw.SQLITE_UTF16LE,
        "UTF-16be" => raw.SQLITE_UTF16BE,
        _ => raw.SQLITE_UTF8,
    };

    private static HashSet<string> InPlaceColumns(SqliteSession session, TableSchema table)
    {
        // What a generated column, an index on an expression or a partial one is computed from is not told by a pragma.
        bool computes = Any(session, table.Name, "pragma_table_xinfo(?1, 'main') WHERE hidden > 1")
            || Any(session, table.Name, "pragma_index_list(?1, 'main') l, pragma_index_info(l.name, 'main') i WHERE l.partial OR i.cid = -2");
        return computes ? None : [.. table.Columns.Select(column => column.Name).Except(Indexed(session, table.Name), StringComparer.Ordinal)];
    }

    private static HashSet<string> Indexed(SqliteSession session, string table)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using SqliteStatement statement = session.Prepare(
            "SELECT i.name FROM pragma_index_list(?1, 'main') l, pragma_index_info(l.name, 'main') i");
        statement.Bind(1, table);
        while (statement.Step())
        {
            names.Add(statement.Text(0));
        }

        return names;
    }

    private static bool Any(SqliteSession session, string table, string rows)
    {
        using SqliteStatement statement = session.Prepare($"SELECT EXISTS(SELECT 1 FROM {rows})");
        statement.Bind(1, table).Step();
        return statement.Int64(0) != 0;
    }

    private static bool HasRows(SqliteSession session, string table) =>
        session.QueryInt64($"SELECT EXISTS(SELECT 1 FROM {SqliteName.Table(table)})") != 0;
}
