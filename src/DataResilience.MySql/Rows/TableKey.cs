using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The key that the rows of a table are read in the order of.</summary>
internal sealed class TableKey(string? index, IReadOnlyList<KeyColumn> columns)
{
    /// <summary>What keeps the server from reading the rows in another order and sorting them.</summary>
    internal string Hint => index is null ? "" : $" FORCE INDEX ({SqlText.Name(index)})";

    internal string Order => $" ORDER BY {string.Join(", ", columns.Select(column => SqlText.Name(column.Name)))}";

    /// <summary>The columns, in the order of the index.</summary>
    internal IReadOnlyList<KeyColumn> Columns => columns;

    /// <summary>What tells the rows of a range from the others; empty for all of them.</summary>
    internal string Condition(RowRange range)
    {
        string[] parts = [.. new[] { Bound(range.From, ">="), Bound(range.To, "<") }.OfType<string>()];
        return string.Join(" AND ", parts);
    }

    /// <summary>
    /// Rows from a key on, or before one. Written out, since the server does not use an index for a comparison of lists; the first
    /// column alone bounds the index.
    /// </summary>
    private string? Bound(string? boundary, string comparison)
    {
        if (boundary is null)
        {
            return null;
        }

        string[] values = KeyBoundary.Parts(boundary);
        string strict = comparison[..1];
        string text = "";
        for (int place = columns.Count - 1; place >= 0; place--)
        {
            string name = SqlText.Name(columns[place].Name);
            string value = columns[place].Literal(values[place]);
            text = text.Length == 0
                ? $"{name} {comparison} {value}"
                : $"({name} {strict} {value} OR ({name} = {value} AND {text}))";
        }

        string first = $"{SqlText.Name(columns[0].Name)} {strict}= {columns[0].Literal(values[0])}";
        return columns.Count == 1 ? text : $"{first} AND {text}";
    }
}
