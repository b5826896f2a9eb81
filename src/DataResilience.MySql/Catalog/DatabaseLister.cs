namespace DataResilience.MySql;

/// <summary>Finds the databases of a server: the one that the endpoint names, or all but the server's own.</summary>
internal static class DatabaseLister
{
    // MariaDB compares names in the catalog without case, also where they are files of a system that has it.
    private const string Databases =
        """
        SELECT s.SCHEMA_NAME, s.DEFAULT_CHARACTER_SET_NAME, CAST(COALESCE(t.SIZE, 0) AS SIGNED), CAST(COALESCE(t.TABLES, 0) AS SIGNED)
        FROM information_schema.SCHEMATA AS s
        LEFT JOIN (
            SELECT CAST(TABLE_SCHEMA AS BINARY) AS NAME, SUM(COALESCE(DATA_LENGTH, 0) + COALESCE(INDEX_LENGTH, 0)) AS SIZE, COUNT(*) AS TABLES
            FROM information_schema.TABLES
        """;

    private const string Tables =
        """
         AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')
            GROUP BY NAME) AS t ON t.NAME = CAST(s.SCHEMA_NAME AS BINARY)
        """;

    private const string InOrder = "ORDER BY CAST(s.SCHEMA_NAME AS BINARY)";

    private const string Own = "('mysql', 'sys', 'information_schema', 'performance_schema')";

    private const string All = $"{Databases} WHERE TABLE_SCHEMA NOT IN {Own} {Tables} WHERE s.SCHEMA_NAME NOT IN {Own} {InOrder}";

    // The name stands alone there, so that a server opens the tables of this database only.
    private const string Named =
        $"{Databases} WHERE TABLE_SCHEMA = ? {Tables} WHERE CASE @@lower_case_table_names WHEN 0 THEN CAST(s.SCHEMA_NAME AS BINARY) = CAST(? AS BINARY) ELSE s.SCHEMA_NAME = ? END";

    /// <summary>Lists them.</summary>
    /// <param name="session">A session in no database.</param>
    /// <param name="endpoint">A database, or the server as a whole.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The databases by name. The size is the storage engines' estimate.</returns>
    internal static async Task<IReadOnlyList<Database>> ListAsync(
        ServerSession session, DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        bool isNamed = endpoint.Database.Length > 0;
        IReadOnlyList<Database> databases = await session.QueryAsync(
            isNamed ? Named : All,
            row => new Database
            {
                Name = row.GetString(0),
                // What the server is, and not what it was called.
                Engine = session.Version.Engine,
                EngineVersion = session.Version.Number.ToString(),
                Server = session.Address.Host,
                Endpoint = endpoint with { Engine = session.Version.Engine, Database = row.GetString(0) },
                Size = row.GetInt64(2),
                Tables = (int)row.GetInt64(3),
                Encoding = row.GetString(1),
            },
            cancellationToken,
            isNamed ? [endpoint.Database, endpoint.Database, endpoint.Database] : []);
        return isNamed && databases.Count == 0 ? throw Errors.SourceNotFound.Create(endpoint) : databases;
    }
}
