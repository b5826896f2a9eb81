using System.Globalization;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>A database that a restore made, and says so by a table in it.</summary>
/// <param name="Database">The database.</param>
/// <param name="Target">The name that the restore is for.</param>
/// <param name="State">What it is.</param>
internal sealed record RestoreMarker(string Database, string Target, string State)
{
    /// <summary>The table that marks a database.</summary>
    internal const string Table = "dataresilience_restore";

    /// <summary>What is being restored: removed by whoever comes next, if the restore is dead.</summary>
    internal const string Restoring = "restoring";

    /// <summary>Holds what a restore is just replacing: the only copy of it until the restore is done.</summary>
    internal const string Replacing = "replacing";

    /// <summary>Holds what was replaced: removed by whoever comes next.</summary>
    internal const string Replaced = "replaced";

    /// <summary>Whether this database is only remains of a restore, once that is dead.</summary>
    internal bool IsRemains => State is Restoring or Replaced;

    /// <summary>Marks a database.</summary>
    internal static async Task SetAsync(ServerSession session, string database, string target, string state, TimeProvider time, CancellationToken cancellationToken)
    {
        string table = SqlText.Name(database, Table);
        string now = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        await session.ExecuteAsync(
            $"CREATE TABLE IF NOT EXISTS {table} (target varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, state varchar(20) NOT NULL, "
            + "host varchar(255) CHARACTER SET utf8mb4 NOT NULL, session bigint NOT NULL, started datetime NOT NULL) ENGINE=InnoDB "
            + "COMMENT='Made by DataResilience while a restore runs; the next restore removes what is left of one that died'",
            cancellationToken);
        await session.ExecuteAsync($"DELETE FROM {table}", cancellationToken);
        await session.ExecuteAsync(
            $"INSERT INTO {table} VALUES ({SqlText.Value(target)}, '{state}', {SqlText.Value(Environment.MachineName)}, CONNECTION_ID(), '{now}')",
            cancellationToken);
    }

    /// <summary>The databases that restores of a name made and that are still marked.</summary>
    internal static async Task<IReadOnlyList<RestoreMarker>> FindAsync(ServerSession session, string target, CancellationToken cancellationToken)
    {
        const string Marked = """
            SELECT CAST(table_schema AS CHAR) FROM information_schema.tables
            WHERE table_name = 'dataresilience_restore' AND (table_schema = ? OR table_schema LIKE 'dr\_restore\_%' OR table_schema LIKE 'dr\_replaced\_%')
            ORDER BY 1
            """;
        var found = new List<RestoreMarker>();
        foreach (string database in await session.QueryAsync(Marked, row => row.GetString(0), cancellationToken, target))
        {
            found.AddRange(await ReadAsync(session, database, cancellationToken));
        }

        return [.. found.Where(marker => string.Equals(marker.Target, target, StringComparison.OrdinalIgnoreCase))];
    }

    private static async Task<IReadOnlyList<RestoreMarker>> ReadAsync(ServerSession session, string database, CancellationToken cancellationToken)
    {
        try
        {
            return await session.QueryAsync(
                $"SELECT target, state FROM {SqlText.Name(database, Table)}",
                row => new RestoreMarker(database, row.GetString(0), row.GetString(1)),
                cancellationToken);
        }
        catch (DataResilienceException failure)
            when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.NoSuchTable or MySqlErrorCode.UnknownDatabase or MySqlErrorCode.TableAccessDenied })
        {
            // Another restore removed it just now, or it is another user's.
            return [];
        }
    }
}
