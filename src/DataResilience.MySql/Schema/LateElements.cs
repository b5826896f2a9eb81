namespace DataResilience.MySql;

/// <summary>
/// Which elements of a table are made after its rows. Building an index from sorted rows is faster than keeping it up to date row
/// by row; unique ones too, since LOAD DATA LOCAL would pass over a second row with the same key, and ALTER TABLE refuses it.
/// </summary>
internal static class LateElements
{
    private const string Engine = "InnoDB";

    /// <summary>Chooses them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="catalog">What it is. Other engines build their indexes row by row in any case, or cannot have them added; a system-versioned table refuses to be altered.</param>
    /// <param name="rowKey">The unique index that stands for a primary key; null where there is no such.</param>
    internal static IReadOnlySet<TableElement> Of(TableDefinition table, CatalogTable catalog, TableElement? rowKey)
    {
        var late = table.Elements.Where(element => element.Kind == TableElementKind.ForeignKey).ToHashSet();
        if (!string.Equals(catalog.Engine, Engine, StringComparison.OrdinalIgnoreCase) || catalog.IsSystemVersioned)
        {
            return late;
        }

        TableElement[] indexes = [.. table.Elements.Where(element => element.IsIndex)];
        TableElement?[] needed = [CounterKey(table), rowKey];
        foreach (TableElementKind kind in indexes.Select(index => index.Kind).Distinct())
        {
            // The order of indexes is kept: servers put later ones behind. So whatever stands before one that stays, stays.
            TableElement[] ofKind = [.. indexes.Where(index => index.Kind == kind)];
            int lastNeeded = Array.FindLastIndex(ofKind, index => needed.Contains(index));
            late.UnionWith(ofKind[(lastNeeded + 1)..]);
        }

        return late;
    }

    /// <summary>The index that a column which counts up by itself cannot be made without; null where the primary key is one.</summary>
    private static TableElement? CounterKey(TableDefinition table)
    {
        if (table.Columns.FirstOrDefault(column => column.IsAutoIncrement) is not { } counter)
        {
            return null;
        }

        bool Leads(TableElement element) => element.KeyParts.Count > 0 && element.KeyParts[0] == counter.Name;
        return table.Elements.Any(element => element.Kind == TableElementKind.PrimaryKey && Leads(element))
            ? null
            : table.Elements.FirstOrDefault(element => element.IsIndex && Leads(element));
    }
}
