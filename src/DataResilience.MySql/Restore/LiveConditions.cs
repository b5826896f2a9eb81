using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Looks for what would keep rows from being restored into tables that are there.</summary>
internal sealed class LiveConditions(ServerSession session, ServerAddress target, TargetOptions options)
{
    private const string Engines = """
        SELECT CAST(t.table_name AS CHAR), CAST(t.engine AS CHAR) FROM information_schema.tables t
        JOIN information_schema.engines e ON e.engine = t.engine
        WHERE t.table_schema = ? AND t.table_type <> 'VIEW' AND COALESCE(e.transactions, 'NO') <> 'YES'
        """;

    private const string Triggers = """
        SELECT CAST(event_object_table AS CHAR), CAST(trigger_name AS CHAR), CAST(event_manipulation AS CHAR)
        FROM information_schema.triggers WHERE event_object_schema = ?
        """;

    internal async Task<IReadOnlyList<DataResilienceException>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<DataResilienceException>();
        PresentTables present = await PresentTables.ReadAsync(session, target.Database, cancellationToken);
        foreach (TableSchema table in options.Tables)
        {
            if (!await present.TakesAsync(session, target.Database, table, cancellationToken))
            {
                found.Add(Errors.TargetTableMissing.Create(target, table.QualifiedName));
            }
        }

        HashSet<string> names = [.. options.Tables.Select(table => table.Name)];
        foreach ((string table, string engine) in await session.QueryAsync(
            Engines, row => (row.GetString(0), row.GetString(1)), cancellationToken, target.Database))
        {
            if (names.Contains(table))
            {
                found.Add(Errors.FeatureUnsupported.Create(table, $"{engine} knows no transactions, so its rows alone cannot be restored as one step"));
            }
        }

        foreach ((string table, string trigger, string happening) in await session.QueryAsync(
            Triggers, row => (row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken, target.Database))
        {
            if (names.Contains(table) && (happening == "INSERT" || (happening == "DELETE" && options.Replace)))
            {
                found.Add(Errors.FeatureUnsupported.Create(
                    table, $"its trigger '{trigger}' would fire for every row that is restored; drop it for that time, or restore the table with its schema"));
            }
        }

        found.AddRange(options.Tables.Where(table => options.Replace && table.Options.ContainsKey(TableOption.SystemVersioned)).Select(table =>
            Errors.FeatureUnsupported.Create(table.QualifiedName, "to delete rows of a system-versioned table adds to its history; restore it with its schema")));
        return found;
    }
}
