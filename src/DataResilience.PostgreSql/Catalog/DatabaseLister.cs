namespace DataResilience.PostgreSql;

/// <summary>Finds the databases of a server: the one that the endpoint names, or all but templates.</summary>
internal static class DatabaseLister
{
    private const string Databases =
        """
        SELECT d.datname::pg_catalog.text, pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text,
            pg_catalog.pg_encoding_to_char(d.encoding)::pg_catalog.text, may.connect,
            CASE WHEN may.connect THEN pg_catalog.pg_database_size(d.oid) ELSE 0 END
        FROM pg_catalog.pg_database AS d
        CROSS JOIN LATERAL (SELECT d.datallowconn AND pg_catalog.has_database_privilege(d.oid, 'CONNECT')) AS may (connect)
        WHERE CASE WHEN $1 = '' THEN NOT d.datistemplate AND d.datallowconn ELSE d.datname = $1 END
        ORDER BY d.datname COLLATE "C"
        """;

    private const string CountTables =
        """
        SELECT pg_catalog.count(*)
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend AS d
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
        """;

    /// <summary>Lists them.</summary>
    /// <param name="session">A session in any database of the server.</param>
    /// <param name="endpoint">A database, or the server as a whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The databases by name. Size and tables of one that cannot be connected to are 0.</returns>
    internal static async Task<IReadOnlyList<Database>> ListAsync(
        ServerSession session, DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        IReadOnlyList<Row> rows = await session.QueryAsync(
            Databases,
            row => new Row(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetInt64(4)),
            cancellationToken,
            endpoint.Database);
        var databases = new List<Database>();
        foreach (Row row in rows)
        {
            databases.Add(new Database
            {
                Name = row.Name,
                Engine = DatabaseEngine.PostgreSql,
                EngineVersion = session.Version.ToString(),
                Server = session.Address.Host,
                Endpoint = endpoint with { Database = row.Name },
                Size = row.Size,
                Tables = row.MayConnect ? await CountTablesAsync(session, row.Name, cancellationToken) : 0,
                Owner = row.Owner,
                Encoding = row.Encoding,
            });
        }

        return databases;
    }

    /// <summary>A database's tables are seen from within only. One that turns the connection down for a reason of its own is listed without.</summary>
    private static async Task<int> CountTablesAsync(ServerSession session, string database, CancellationToken cancellationToken)
    {
        if (session.Connection.Database == database)
        {
            return (int)await session.ScalarAsync<long>(CountTables, cancellationToken);
        }

        try
        {
            await using ServerSession other =
                await ServerSession.OpenAsync(session.Address.WithDatabase(database), new SourceFailures(), cancellationToken);
            return (int)await other.ScalarAsync<long>(CountTables, cancellationToken);
        }
        catch (DataResilienceException)
        {
            return 0;
        }
    }

    private sealed record Row(string Name, string Owner, string Encoding, bool MayConnect, long Size);
}
