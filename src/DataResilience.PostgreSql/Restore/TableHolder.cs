using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>Who holds a lock on tables that a restore waited for in vain.</summary>
internal static class TableHolder
{
    private const string Query = """
        SELECT n.nspname || '.' || c.relname, l.pid, coalesce(a.usename::pg_catalog.text, 'another user'), coalesce(a.application_name, '')
        FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_class c ON c.oid = l.relation
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'relation' AND l.granted AND l.pid <> pg_catalog.pg_backend_pid()
            AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            AND n.nspname || '.' || c.relname = ANY ($1)
        ORDER BY l.mode = 'AccessExclusiveLock' DESC, l.pid LIMIT 1
        """;

    internal static async Task<(string Table, string Holder)> FindAsync(
        ServerSession session, IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Table, string Holder)> found = await session.QueryAsync(
            Query,
            row => (row.GetString(0), Describe(row.GetInt32(1), row.GetString(2), row.GetString(3))),
            cancellationToken,
            [tables.ToArray()]);
        return found.Count > 0 ? found[0] : (string.Join(", ", tables.Take(3)), "a session that has ended since");
    }

    private static string Describe(int process, string user, string application)
    {
        string who = string.Create(CultureInfo.InvariantCulture, $"process {process} of {user}");
        return application.Length == 0 ? who : $"{who} ({application})";
    }
}
