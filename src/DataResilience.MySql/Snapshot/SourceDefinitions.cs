using System.Text;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>
/// What the catalog of a server says of a database at some time: its tables, and a print of every definition, so that a change is found.
/// </summary>
internal sealed class SourceDefinitions
{
    // A change of any kind makes this time another, but TRUNCATE and what comes within a second.
    private const string Tables =
        """
        SELECT TABLE_NAME, TABLE_TYPE, COALESCE(ENGINE, ''), COALESCE(CAST(CREATE_TIME AS CHAR), ''),
            CAST(COALESCE(TABLE_ROWS, 0) AS SIGNED), CAST(COALESCE(DATA_LENGTH, 0) AS SIGNED)
        FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME
        """;

    // Each gives the kind and the name of an object, and what is another when it has changed. MySQL 9 has no MD5.
    private static readonly string[] Others =
    [
        """
        SELECT 'table', TABLE_NAME, CONCAT(COUNT(*), ':', SUM(p), ':', BIT_XOR(p)) FROM
            (SELECT TABLE_NAME, CRC32(CONCAT_WS('|', ORDINAL_POSITION, COLUMN_NAME, COLUMN_DEFAULT, COLUMN_TYPE, IS_NULLABLE,
                COLLATION_NAME, EXTRA, COLUMN_COMMENT)) AS p
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ?) AS c
        GROUP BY TABLE_NAME
        """,
        """
        SELECT 'view', TABLE_NAME, SHA2(CONCAT_WS('|', VIEW_DEFINITION, CHECK_OPTION, DEFINER, SECURITY_TYPE), 256)
        FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ?
        """,
        """
        SELECT LOWER(ROUTINE_TYPE), ROUTINE_NAME, SHA2(CONCAT_WS('|', LAST_ALTERED, ROUTINE_DEFINITION, DEFINER, ROUTINE_COMMENT), 256)
        FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?
        """,
        """
        SELECT 'trigger', TRIGGER_NAME, SHA2(CONCAT_WS('|', EVENT_OBJECT_TABLE, CREATED, ACTION_ORDER, ACTION_STATEMENT, DEFINER), 256)
        FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?
        """,
        """
        SELECT 'event', EVENT_NAME, SHA2(CONCAT_WS('|', LAST_ALTERED, STATUS, EVENT_DEFINITION, DEFINER), 256)
        FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ?
        """,
    ];

    private readonly Dictionary<string, string> prints;

    private SourceDefinitions(IReadOnlyList<SourceTable> taken, Dictionary<string, string> prints) => (TakenTables, this.prints) = (taken, prints);

    /// <summary>The tables with rows that the user's choice takes.</summary>
    internal IReadOnlyList<SourceTable> TakenTables { get; }

    /// <summary>Reads them.</summary>
    internal static async Task<SourceDefinitions> ReadAsync(ServerSession session, SnapshotOptions options, CancellationToken cancellationToken)
    {
        string database = session.Address.Database;
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new List<SourceTable>();
        foreach ((SourceTable table, string type, string made) in await session.QueryAsync(Tables, ReadTable, cancellationToken, database))
        {
            found[Describe("table", table.Name)] = $"{type}|{table.StorageEngine}|{made}";
            // Whoever locks a table of MariaDB's MERGE waits for a lock that others have on the tables in it, even for reading.
            bool hasRows = type is "BASE TABLE" or "SYSTEM VERSIONED" && CatalogTable.KeepsRows(table.StorageEngine);
            if (hasRows && options.TakesTable?.Invoke([table.Name]) != false)
            {
                taken.Add(table);
            }
        }

        foreach (string query in Others)
        {
            IReadOnlyList<(string Name, string Print)> objects = await session.QueryAsync(
                query, row => (Describe(Text(row, 0), Text(row, 1)), Text(row, 2)), cancellationToken, database);
            foreach ((string name, string print) in objects)
            {
                found[name] = $"{found.GetValueOrDefault(name)}|{print}";
            }
        }

        return new SourceDefinitions(taken, found);
    }

    /// <summary>Finds what is different, a clause for the user; null if nothing is.</summary>
    internal string? FindChange(SourceDefinitions later)
    {
        foreach ((string name, string print) in prints)
        {
            if (!later.prints.TryGetValue(name, out string? now))
            {
                return $"{name} was dropped or renamed";
            }

            if (now != print)
            {
                return $"{name} was changed";
            }
        }

        return later.prints.Keys.FirstOrDefault(name => !prints.ContainsKey(name)) is { } made ? $"{made} was made" : null;
    }

    private static string Describe(string kind, string name) => $"the {kind} '{name}'";

    // MySQL makes bytes of a text that was put together from numbers.
    private static string Text(MySqlDataReader row, int column) => row.GetValue(column) switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => "",
    };

    private static (SourceTable Table, string Type, string Made) ReadTable(MySqlDataReader row) =>
        (new SourceTable(row.GetString(0), row.GetString(2), row.GetInt64(4), row.GetInt64(5)), row.GetString(1), row.GetString(3));
}
