using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Asks the server what is wrong with what was restored.</summary>
internal sealed class DatabaseCheck(ServerSession session, TargetOptions options)
{
    private const string InvalidIndexes = """
        SELECT s.nspname || '.' || i.relname FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        JOIN pg_catalog.pg_namespace s ON s.oid = i.relnamespace
        WHERE NOT x.indisvalid AND s.nspname NOT IN ('pg_catalog', 'pg_toast') ORDER BY 1
        """;

    private const string CollationVersion = """
        SELECT pg_catalog.pg_database_collation_actual_version(oid) FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()
        """;

    internal async Task<TargetCheck> WholeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> invalid = await session.QueryAsync(
            InvalidIndexes, row => $"the index '{row.GetString(0)}' is not valid", cancellationToken);
        var warnings = new List<string>();
        string backedUp = new SourceDatabase(options.Properties).CollationVersion;
        if (session.Version.Major >= 15 && backedUp.Length > 0
            && await session.ScalarAsync<string>(CollationVersion, cancellationToken) is { } actual && actual != backedUp)
        {
            warnings.Add($"the server sorts text by version {actual} of the collation, the source did by version {backedUp}: orders may differ");
        }

        return new TargetCheck(invalid, warnings);
    }
}
