using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>The tables that a database has, by their qualified names.</summary>
internal sealed class PresentTables
{
    private const string Query = """
        SELECT n.nspname || '.' || c.relname, c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
            AND (n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') OR c.oid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass)
        ORDER BY 1
        """;

    private const string Columns = """
        SELECT attname::pg_catalog.text FROM pg_catalog.pg_attribute
        WHERE attrelid = $1::pg_catalog.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        """;

    private readonly Dictionary<string, long> oids;

    private PresentTables(IEnumerable<(string Name, long Oid)> tables)
    {
        oids = tables.ToDictionary(table => table.Name, table => table.Oid, StringComparer.Ordinal);
    }

    internal IReadOnlyList<string> Names => [.. oids.Keys];

    internal static async Task<PresentTables> ReadAsync(ServerSession session, CancellationToken cancellationToken) =>
        new(await session.QueryAsync(Query, row => (row.GetString(0), (long)row.GetFieldValue<uint>(1)), cancellationToken));

    internal bool Has(string table) => oids.ContainsKey(table);

    /// <summary>The numbers of those tables that are there.</summary>
    internal long[] OidsOf(IEnumerable<string> tables) => [.. tables.Where(oids.ContainsKey).Select(table => oids[table])];

    /// <summary>Whether a table is there and takes the rows of another: it has the same columns, in whatever order.</summary>
    internal async Task<bool> TakesAsync(ServerSession session, TableSchema table, CancellationToken cancellationToken)
    {
        if (LargeObjectLoader.Takes(table))
        {
            return true;
        }

        return oids.TryGetValue(table.QualifiedName, out long oid)
            && (await session.QueryAsync(Columns, row => row.GetString(0), cancellationToken, oid))
                .ToHashSet(StringComparer.Ordinal).SetEquals(table.Columns.Select(column => column.Name));
    }
}
