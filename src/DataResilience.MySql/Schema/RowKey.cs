namespace DataResilience.MySql;

/// <summary>What tells the rows of a table apart.</summary>
internal static class RowKey
{
    /// <summary>
    /// The primary key, or else the first unique index over columns that are never NULL, which serves as well: the server itself
    /// keeps the rows in its order. Null where there is neither.
    /// </summary>
    internal static TableElement? Of(TableDefinition table)
    {
        HashSet<string> required = [.. table.Columns.Where(column => column.IsNotNull).Select(column => column.Name)];
        return table.Elements.FirstOrDefault(element => element.Kind == TableElementKind.PrimaryKey)
            ?? table.Elements.FirstOrDefault(element => element.Kind == TableElementKind.UniqueKey
                && element.KeyParts.All(part => part is not null && required.Contains(part)));
    }
}
