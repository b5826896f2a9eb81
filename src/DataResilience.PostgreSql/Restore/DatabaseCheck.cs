using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Asks the server what is wrong with what was restored.</summary>
internal sealed class DatabaseCheck(ServerSession session, TargetOptions options)
{
    private const int FirstWithCollationVersion = 15;

    // An index of a partitioned table has no rows of its own: it is valid when all partitions have theirs, and so it was in the source perhaps not.
    private const string InvalidIndexes = """
        SELECT s.nspname || '.' || i.relname, s.nspname || '.' || t.relname FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        JOIN pg_catalog.pg_namespace s ON s.oid = i.relnamespace
        JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
        WHERE NOT x.indisvalid AND i.relkind = 'i' AND s.nspname NOT IN ('pg_catalog', 'pg_toast') ORDER BY 1
        """;

    private const string CollationVersion = """
        SELECT pg_catalog.pg_database_collation_actual_version(oid) FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
        """;

    /// <summary>Finds indexes of restored tables that are not valid.</summary>
    internal async Task<IReadOnlyList<string>> TablesAsync(IReadOnlyCollection<string> tables, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Index, string Table)> invalid = await session.QueryAsync(
            InvalidIndexes, row => (row.GetString(0), row.GetString(1)), cancellationToken);
        return [.. invalid.Where(item => tables.Contains(item.Table)).Select(item => Describe(item.Index))];
    }

    internal async Task<TargetCheck> WholeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> invalid = await session.QueryAsync(InvalidIndexes, row => Describe(row.GetString(0)), cancellationToken);
        var warnings = new List<string>();
        string backedUp = new SourceDatabase(options.Properties).CollationVersion;
        if (session.Version.Major >= FirstWithCollationVersion && backedUp.Length > 0
            && await session.ScalarAsync<string>(CollationVersion, cancellationToken) is { } actual && actual != backedUp)
        {
            warnings.Add($"the server sorts text by version {actual} of the collation, the source did by version {backedUp}: orders may differ");
        }

        return new TargetCheck(invalid, warnings);
    }

    private static string Describe(string index) => $"the index '{index}' is not valid";
}
