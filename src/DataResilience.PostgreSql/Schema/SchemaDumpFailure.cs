using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>
/// Says why pg_dump failed. It tells nothing but text, which the server may write in any language; who waits for whom is asked of
/// the server itself.
/// </summary>
internal sealed class SchemaDumpFailure(ServerSession session, TimeSpan lockTimeout)
{
    // A table that is wanted exclusively and not given yet stops pg_dump as well, though the session has its own lock on it.
    private const string Holders =
        """
        SELECT n.nspname || '.' || c.relname, 'process ' || l.pid || coalesce(' of ' || a.usename::pg_catalog.text, '')
        FROM pg_catalog.pg_locks AS l
        JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
        WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid()
          AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
        ORDER BY l.granted, c.oid
        LIMIT 1
        """;

    internal async Task<DataResilienceException> TranslateAsync(
        string program, ClientMessages messages, int exitCode, CancellationToken cancellationToken)
    {
        if (messages.Mention("permission denied"))
        {
            return Errors.PermissionDenied.Create(session.Address, messages.Reason);
        }

        if (messages.Mention("LOCK TABLE") && await FindHolderAsync(cancellationToken) is { } holder)
        {
            string seconds = lockTimeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            return Errors.TableLocked.Create(session.Address, holder.Table, seconds, holder.Session);
        }

        string reason = messages.Reason.Length > 0
            ? messages.Reason
            : string.Create(CultureInfo.InvariantCulture, $"it ended with exit code {exitCode}");
        return Errors.ClientToolFailed.Create(session.Address, program, reason);
    }

    private async Task<(string Table, string Session)?> FindHolderAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(string, string)> rows =
            await session.QueryAsync(Holders, row => (row.GetString(0), row.GetString(1)), cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }
}
