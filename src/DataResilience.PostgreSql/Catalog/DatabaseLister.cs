using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Finds the databases of a server: the one that the endpoint names, or all but templates.</summary>
internal static class DatabaseLister
{
    private const string Databases =
        """
        SELECT d.datname::pg_catalog.text, pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text,
            pg_catalog.pg_encoding_to_char(d.encoding)::pg_catalog.text,
            CASE WHEN NOT d.datallowconn THEN 'it accepts no connections'
                WHEN NOT may.connect THEN pg_catalog.format('the user %s may not connect to it', pg_catalog.quote_ident(SESSION_USER)) ELSE '' END,
            CASE WHEN may.connect THEN pg_catalog.pg_database_size(d.oid) END
        FROM pg_catalog.pg_database AS d
        CROSS JOIN LATERAL (SELECT pg_catalog.has_database_privilege(d.oid, 'CONNECT')) AS may (connect)
        WHERE CASE WHEN $1 = '' THEN NOT d.datistemplate AND d.datallowconn ELSE d.datname = $1 END
        ORDER BY d.datname COLLATE "C"
        """;

    /// <summary>A partitioned table has no rows of its own and is not counted, but all its partitions are chosen by its name.</summary>
    private const string Tables =
        """
        SELECT n.nspname::pg_catalog.text || '.' || c.relname::pg_catalog.text, c.relkind = 'r'
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend AS d
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
        """;

    /// <summary>Lists them.</summary>
    /// <param name="session">A session in any database of the server.</param>
    /// <param name="endpoint">A database, or the server as a whole.</param>
    /// <param name="options">Which of them, and how closely to look.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The databases by name. What cannot be connected to has an obstacle.</returns>
    internal static async Task<IReadOnlyList<Database>> ListAsync(
        ServerSession session, DatabaseEndpoint endpoint, DatabaseListOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<Database> rows = await session.QueryAsync(
            Databases,
            row => new Database
            {
                Name = row.GetString(0),
                Engine = DatabaseEngine.PostgreSql,
                EngineVersion = session.Version.ToString(),
                Server = session.Address.Host,
                Endpoint = endpoint with { Database = row.GetString(0) },
                Size = row.IsDBNull(4) ? null : row.GetInt64(4),
                Tables = null,
                Owner = row.GetString(1),
                Encoding = row.GetString(2),
                Obstacle = row.GetString(3),
            },
            cancellationToken,
            endpoint.Database);
        var databases = new List<Database>();
        foreach (Database row in rows.Where(row => options.Takes(row.Name)))
        {
            bool isAsked = options.Detail != DatabaseDetail.Names && row.Obstacle.Length == 0;
            databases.Add(isAsked ? await LookIntoAsync(session, row, options.Detail, cancellationToken) : row);
        }

        return databases;
    }

    /// <summary>A database's tables are seen from within only. One that turns the connection down for a reason of its own is listed with that.</summary>
    private static async Task<Database> LookIntoAsync(
        ServerSession session, Database database, DatabaseDetail detail, CancellationToken cancellationToken)
    {
        if (session.Connection.Database == database.Name)
        {
            return await WithTablesAsync(session, database, detail, cancellationToken);
        }

        try
        {
            await using ServerSession other =
                await ServerSession.OpenAsync(session.Address.WithDatabase(database.Name), new SourceFailures(), cancellationToken);
            return await WithTablesAsync(other, database, detail, cancellationToken);
        }
        catch (DataResilienceException failure)
        {
            return database with { Obstacle = failure.Message };
        }
    }

    private static async Task<Database> WithTablesAsync(
        ServerSession session, Database database, DatabaseDetail detail, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Name, bool HasRows)> tables = await session.QueryAsync(
            Tables, row => (row.GetString(0), row.GetBoolean(1)), cancellationToken);
        return database with
        {
            Tables = tables.Count(table => table.HasRows),
            TableNames = detail == DatabaseDetail.Tables ? [.. tables.Select(table => table.Name)] : [],
        };
    }
}
