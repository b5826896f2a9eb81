using System.Collections.Concurrent;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Finds the indexes behind the keys of tables, each once.</summary>
internal sealed class TableKeys
{
    private readonly ConcurrentDictionary<string, TableKey?> known = new(StringComparer.Ordinal);

    /// <summary>Finds the key of a table.</summary>
    /// <param name="session">Asks for it.</param>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where it has none that its rows can be read in the order of.</returns>
    internal async Task<TableKey?> FindAsync(ServerSession session, TableSchema table, CancellationToken cancellationToken)
    {
        if (table.KeyColumns.Count == 0)
        {
            return null;
        }

        if (!known.TryGetValue(table.Name, out TableKey? key))
        {
            key = await ReadAsync(session, table, cancellationToken);
            known[table.Name] = key;
        }

        return key;
    }

    /// <summary>The order of the rows of a table that is read whole: a question less for each of many small tables.</summary>
    internal TableKey? OrderOf(TableSchema table)
    {
        if (table.KeyColumns.Count == 0)
        {
            return null;
        }

        return known.TryGetValue(table.Name, out TableKey? key)
            ? key
            : new TableKey(null, [.. table.KeyColumns.Select(column => new KeyColumn(column, "", null, null, IsDescending: false))]);
    }

    private static async Task<TableKey?> ReadAsync(ServerSession session, TableSchema table, CancellationToken cancellationToken)
    {
        string query =
            $"""
            SELECT s.INDEX_NAME, s.COLUMN_NAME, c.DATA_TYPE, c.CHARACTER_SET_NAME, c.COLLATION_NAME, s.COLLATION = 'D'
            FROM information_schema.STATISTICS s
                LEFT JOIN information_schema.COLUMNS c
                ON c.TABLE_SCHEMA = s.TABLE_SCHEMA AND c.TABLE_NAME = s.TABLE_NAME AND c.COLUMN_NAME = s.COLUMN_NAME
                    AND c.IS_NULLABLE = 'NO' AND s.SUB_PART IS NULL AND {(session.Version.IsMariaDb ? "s.IGNORED = 'NO'" : "s.IS_VISIBLE = 'YES'")}
            WHERE s.TABLE_SCHEMA = ? AND s.TABLE_NAME = ? AND s.NON_UNIQUE = 0 AND s.INDEX_TYPE = 'BTREE'
            ORDER BY s.INDEX_NAME <> 'PRIMARY', s.INDEX_NAME, s.SEQ_IN_INDEX
            """;
        IReadOnlyList<(string Index, KeyColumn? Column)> found = await session.QueryAsync(
            query,
            row => (row.GetString(0), row.IsDBNull(2) ? null : ColumnOf(row)),
            cancellationToken,
            session.Address.Database,
            table.Name);
        return found.GroupBy(item => item.Index, item => item.Column).FirstOrDefault(index => IsKey(index, table)) is { } known
            ? new TableKey(known.Key, [.. known.OfType<KeyColumn>()])
            : null;
    }

    private static KeyColumn ColumnOf(MySqlDataReader row) => new(
        row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5) != 0);

    // The index of a table with rows of the past ends with the time that they were of, without saying so.
    private static bool IsKey(IEnumerable<KeyColumn?> index, TableSchema table)
    {
        string?[] names = [.. index.Select(column => column?.Name)];
        int least = table.Options.ContainsKey(TableOption.SystemVersioned) ? table.KeyColumns.Count - 1 : table.KeyColumns.Count;
        return names.Length >= least && names.SequenceEqual(table.KeyColumns.Take(names.Length), StringComparer.OrdinalIgnoreCase);
    }
}
