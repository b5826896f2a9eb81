using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>Who keeps tables from being read: only ACCESS EXCLUSIVE does, whether it is held or waited for.</summary>
internal static class LockHolder
{
    private const string Query =
        """
        SELECT l.relation, l.pid, a.usename, a.application_name, l.granted, p.gid,
            (SELECT string_agg(b::text, ', ') FROM unnest(pg_blocking_pids(CASE WHEN l.granted THEN NULL ELSE l.pid END)) b WHERE b > 0)
        FROM pg_catalog.pg_locks l
            LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            LEFT JOIN pg_catalog.pg_prepared_xacts p ON l.pid IS NULL AND l.virtualtransaction = '-1/' || p.transaction::text
        WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.relation::bigint = ANY($1)
            AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            AND l.pid IS DISTINCT FROM pg_backend_pid()
        ORDER BY l.granted DESC, l.pid
        LIMIT 1
        """;

    /// <summary>Finds a table of these that is locked now, and by whom.</summary>
    internal static async Task<(string Table, string Holder)> FindAsync(
        ServerSession session, IReadOnlyList<SourceRelation> tables, CancellationToken cancellationToken)
    {
        IReadOnlyList<(uint Oid, string Holder)> found = await session.QueryAsync(
            Query,
            row => (row.GetFieldValue<uint>(0), Describe(
                row.IsDBNull(1) ? null : row.GetInt32(1), Text(row, 2), Text(row, 3), row.GetBoolean(4), Text(row, 5), Text(row, 6))),
            cancellationToken,
            tables.Select(table => (long)table.Oid).ToArray());
        if (found.Count > 0 && tables.FirstOrDefault(table => table.Oid == found[0].Oid) is { } locked)
        {
            return (locked.QualifiedName, found[0].Holder);
        }

        return (tables.Count == 1 ? tables[0].QualifiedName : $"{tables[0].QualifiedName} or one after it", "a session that has ended since");
    }

    private static string? Text(Npgsql.NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string Describe(int? process, string? user, string? application, bool holds, string? prepared, string? blockers)
    {
        if (process is not { } id)
        {
            return prepared is null ? "a prepared transaction" : $"the prepared transaction '{prepared}'";
        }

        string who = string.Create(CultureInfo.InvariantCulture, $"process {id} of {user ?? "another user"}");
        string session = string.IsNullOrEmpty(application) ? who : $"{who} ({application})";
        return holds || blockers is null ? session : $"{session}, which waits for process {blockers}";
    }
}
