using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The tables of a database, views aside.</summary>
internal sealed class PresentTables
{
    private readonly Dictionary<string, string> kinds;

    private PresentTables(IEnumerable<(string Name, string Kind)> tables, bool areCaseSensitive)
    {
        kinds = tables.ToDictionary(
            table => table.Name, table => table.Kind, areCaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The names of the tables that have rows of their own, without sequences and what is ours.</summary>
    internal IReadOnlyList<string> Names => [.. kinds.Where(item => item.Value is not ("SEQUENCE" or "VIEW" or "SYSTEM VIEW")).Select(item => item.Key)];

    /// <summary>The names of everything that RENAME TABLE moves.</summary>
    internal IReadOnlyList<string> Movable => [.. kinds.Where(item => item.Value is not ("VIEW" or "SYSTEM VIEW")).Select(item => item.Key)];

    internal static async Task<PresentTables> ReadAsync(ServerSession session, string database, CancellationToken cancellationToken)
    {
        bool areCaseSensitive = await session.ScalarAsync("SELECT CAST(@@lower_case_table_names AS CHAR)", cancellationToken) == "0";
        return new PresentTables(
            await session.QueryAsync(
                "SELECT CAST(table_name AS CHAR), CAST(table_type AS CHAR) FROM information_schema.tables WHERE table_schema = ? AND table_name <> ? ORDER BY 1",
                row => (row.GetString(0), row.GetString(1)),
                cancellationToken,
                database,
                RestoreMarker.Table),
            areCaseSensitive);
    }

    /// <summary>Whether there is a table, sequence or view of a name.</summary>
    internal bool Has(string table) => kinds.ContainsKey(table);

    /// <summary>Whether a table takes the rows of another: it has the same stored columns, in whatever order.</summary>
    internal async Task<bool> TakesAsync(ServerSession session, string database, TableSchema table, CancellationToken cancellationToken)
    {
        if (!Has(table.Name))
        {
            return false;
        }

        IReadOnlyList<(string Name, string Expression)> columns = await session.QueryAsync(
            "SELECT CAST(column_name AS CHAR), CAST(COALESCE(generation_expression, '') AS CHAR) FROM information_schema.columns WHERE table_schema = ? AND table_name = ?",
            row => (row.GetString(0), row.GetString(1)),
            cancellationToken,
            database,
            table.Name);
        IEnumerable<string> stored = columns.Where(column => column.Expression.Length == 0).Select(column => column.Name);
        IEnumerable<string> wanted = table.Columns.Select(column => column.Name);
        if (table.Options.ContainsKey(TableOption.SystemVersioned))
        {
            // The times of a row are named in its backup; the catalog has them as generated, or not at all.
            string[] times = [.. columns.Where(column => column.Expression is "ROW START" or "ROW END").Select(column => column.Name), "row_start", "row_end"];
            wanted = wanted.Except(times, StringComparer.Ordinal);
        }

        return stored.ToHashSet(StringComparer.Ordinal).SetEquals(wanted);
    }
}
