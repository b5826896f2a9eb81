namespace DataResilience.Sqlite;

/// <summary>How rows go into a table.</summary>
/// <param name="IsUtf8">Whether the database's text is UTF-8.</param>
/// <param name="AllowsInPlace">Whether a blob may be written after its row: nothing of the table is computed from its columns.</param>
/// <param name="LeavesRowIdToTarget">Whether the rows are added to others, so that a rowid that no column holds cannot be kept.</param>
internal sealed record InsertOptions(bool IsUtf8, bool AllowsInPlace, bool LeavesRowIdToTarget)
{
    /// <summary>What a table allows.</summary>
    internal static InsertOptions For(SqliteSession session, string table, TableLayout layout, bool isUtf8, bool addsToRows) => new(
        isUtf8,
        layout.Locator is not null && Count(session, "index_list", "1", table) == 0 && Count(session, "table_xinfo", "hidden > 1", table) == 0,
        addsToRows && layout.RowIdName is not null && HasRows(session, table));

    private static long Count(SqliteSession session, string pragma, string condition, string table)
    {
        using SqliteStatement statement = session.Prepare($"SELECT count(*) FROM pragma_{pragma}(?1, 'main') WHERE {condition}");
        statement.Bind(1, table).Step();
        return statement.Int64(0);
    }

    private static bool HasRows(SqliteSession session, string table) =>
        session.QueryInt64($"SELECT EXISTS(SELECT 1 FROM {SqliteName.Table(table)})") != 0;
}
