namespace DataResilience.MySql;

/// <summary>What of a table a backup does not hold, or a target may lack.</summary>
internal static class TableWarnings
{
    internal static IEnumerable<string> Of(CatalogTable table, IReadOnlyList<CatalogColumn> columns, TableTail tail, ServerVersion server)
    {
        if (!table.HasRows)
        {
            yield return $"The rows that the table '{table.Name}' shows are not in it (engine {table.Engine}): its definition is kept, its rows are left out.";
        }

        if (table.IsSystemVersioned && !RowHistory.Of(table, columns, server).IsKept)
        {
            yield return server.IsMariaDbSince(10, 11)
                ? $"The table '{table.Name}' keeps its history by transactions, which cannot be put back: only its current rows are kept."
                : $"The history of the table '{table.Name}' is left out, since {server} cannot be given rows of the past: only its current rows are kept.";
        }

        if (tail.Places.Count > 0)
        {
            yield return $"The table '{table.Name}' has places of its own on the server ({string.Join(", ", tail.Places)}): a target must have them too.";
        }
    }
}
