using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Looks in a live database for what would keep chosen tables, or their rows, from being restored into it.</summary>
internal sealed class LiveConditions(ServerSession session, ServerAddress target, TargetOptions options)
{
    private readonly TableChoice choice = new(options);

    /// <summary>Tables that are there and may not be replaced, or are not there and would have to be.</summary>
    internal async Task<IReadOnlyList<DataResilienceException>> FindTablesAsync(PresentTables present, CancellationToken cancellationToken)
    {
        var found = new List<DataResilienceException>();
        if (options.IncludesSchema)
        {
            found.AddRange(options.Replace
                ? []
                : choice.Created.Select(NameOf).Where(present.Has).Select(table => Errors.TargetTableExists.Create(target, table)));
            return found;
        }

        foreach (TableSchema table in options.Tables)
        {
            if (!await present.TakesAsync(session, table, cancellationToken))
            {
                found.Add(Errors.TargetTableMissing.Create(target, table.QualifiedName));
            }
        }

        return found;
    }

    /// <summary>What needs tables that would be replaced.</summary>
    internal async Task<IReadOnlyList<DataResilienceException>> FindDependentsAsync(PresentTables present, CancellationToken cancellationToken)
    {
        long[] tables = present.OidsOf(options.IncludesSchema ? choice.Created.Select(NameOf) : choice.Names);
        if (!options.Replace || tables.Length == 0)
        {
            return [];
        }

        IReadOnlyList<string> needing = options.IncludesSchema
            ? await TableDependents.OfDropAsync(session, tables, cancellationToken)
            : await TableDependents.OfTruncateAsync(session, tables, cancellationToken);
        string names = string.Join(", ", choice.Names.Where(present.Has).Order(StringComparer.Ordinal));
        return needing.Count == 0 ? [] : [Errors.TargetTableNeeded.Create(target, names, string.Join(", ", needing))];
    }

    private static string NameOf(SchemaObject item) => $"{item.Schema}.{item.Name}";
}
