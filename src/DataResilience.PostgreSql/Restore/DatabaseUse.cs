using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>Whether a database is there, and who is in it.</summary>
internal static class DatabaseUse
{
    // Sessions, by application; then what keeps a database from being dropped although nobody is in it.
    private const string Users = """
        SELECT CASE WHEN application_name = '' THEN 'an unnamed application' ELSE application_name END, pg_catalog.count(*)
        FROM pg_catalog.pg_stat_activity WHERE datname = $1 AND backend_type NOT LIKE 'autovacuum%'
        GROUP BY 1 ORDER BY 2 DESC, 1
        """;

    private const string Holders = """
        SELECT 'the replication slot ' || slot_name FROM pg_catalog.pg_replication_slots WHERE database = $1
        UNION ALL SELECT 'the prepared transaction ' || gid FROM pg_catalog.pg_prepared_xacts WHERE database = $1
        UNION ALL SELECT 'the subscription ' || subname FROM pg_catalog.pg_subscription s
        JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = $1
        """;

    internal static async Task<bool> ExistsAsync(ServerSession session, string database, CancellationToken cancellationToken) =>
        await session.ScalarAsync<bool>("SELECT true FROM pg_catalog.pg_database WHERE datname = $1", cancellationToken, database);

    /// <summary>Says who uses a database; null if nobody does.</summary>
    internal static async Task<string?> DescribeAsync(ServerSession session, string database, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Application, long Count)> users =
            await session.QueryAsync(Users, row => (row.GetString(0), row.GetInt64(1)), cancellationToken, database);
        if (users.Count > 0)
        {
            long sessions = users.Sum(user => user.Count);
            string number = sessions == 1 ? "1 session" : string.Create(CultureInfo.InvariantCulture, $"{sessions} sessions");
            return $"{number} of {string.Join(", ", users.Select(user => user.Application))}";
        }

        IReadOnlyList<string> holders = await session.QueryAsync(Holders, row => row.GetString(0), cancellationToken, database);
        return holders.Count == 0 ? null : string.Join(", ", holders);
    }
}
