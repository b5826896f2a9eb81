namespace DataResilience.PostgreSql;

/// <summary>
/// Gives the space of a database back before it is dropped: DROP DATABASE begins with a checkpoint, for which a full disk has no
/// room, and a server that cannot write a checkpoint ends itself, with everybody on it.
/// </summary>
internal static class DatabaseSpace
{
    private const string Others = """
        SELECT pg_catalog.count(pg_catalog.pg_terminate_backend(pid)) FROM pg_catalog.pg_stat_activity
        WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend'
        """;

    // The largest are enough, and of a partitioned table the partitions have the rows.
    private const string Largest = """
        SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.oid >= 16384 AND c.relpersistence <> 't'
        ORDER BY pg_catalog.pg_table_size(c.oid) DESC LIMIT 20
        """;

    /// <summary>Drops the largest tables, as far as that goes: to empty them would need new pages. The database is dropped in any case.</summary>
    internal static async Task ReleaseAsync(ServerAddress database, ServerFailures failures, CancellationToken cancellationToken)
    {
        try
        {
            await using ServerSession session = await ServerSession.OpenAsync(database, failures, cancellationToken);
            await session.ScalarAsync<long>(Others, cancellationToken);
            await session.ExecuteAsync("SET lock_timeout = '2s'", cancellationToken);
            foreach ((string schema, string table) in await session.QueryAsync(
                Largest, row => (row.GetString(0), row.GetString(1)), cancellationToken))
            {
                await session.ExecuteAsync($"DROP TABLE IF EXISTS {SqlName.Quote(schema, table)} CASCADE", cancellationToken);
            }
        }
        catch (DataResilienceException failure)
        {
            _ = failure;
        }
    }
}
