using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The key that the rows of a table are read in the order of.</summary>
/// <param name="index">The index that has this order; null leaves it to the server to find it.</param>
/// <param name="columns">Its columns, in its order; none of them can be NULL.</param>
internal sealed class TableKey(string? index, IReadOnlyList<KeyColumn> columns)
{
    /// <summary>Its columns.</summary>
    internal IReadOnlyList<KeyColumn> Columns => columns;

    /// <summary>What keeps the server from reading the rows in another order and sorting them.</summary>
    internal string Hint => index is null ? "" : $" FORCE INDEX ({SqlText.Name(index)})";

    internal string Order => $" ORDER BY {string.Join(", ", columns.Select(column => $"{SqlText.Name(column.Name)}{(column.IsDescending ? " DESC" : "")}"))}";

    /// <summary>What tells the rows of a range from the others; empty for all of them.</summary>
    internal string Condition(RowRange range)
    {
        IEnumerable<string?> bounds = [Bound(range.From, isStart: true), Bound(range.To, isStart: false)];
        return string.Join(" AND ", bounds.OfType<string>());
    }

    /// <summary>
    /// Rows from a key on, or before one. Written out column by column: the server does not use an index for a comparison of lists. That
    /// the first column alone is bound too lets it begin at the right place, and end there.
    /// </summary>
    private string? Bound(string? boundary, bool isStart)
    {
        if (boundary is null)
        {
            return null;
        }

        string[] values = KeyBoundary.Parts(boundary);
        if (values.Length != columns.Count)
        {
            throw new FormatException($"The boundary '{boundary}' is not one of the key {index}.");
        }

        string text = "";
        for (int place = columns.Count - 1; place >= 0; place--)
        {
            KeyColumn column = columns[place];
            (string name, string value) = (SqlText.Name(column.Name), column.Literal(values[place]));
            string beyond = isStart == column.IsDescending ? "<" : ">";
            text = text.Length > 0 ? $"({name} {beyond} {value} OR ({name} = {value} AND {text}))"
                : isStart ? $"{name} {beyond}= {value}"
                : $"{name} {beyond} {value}";
        }

        KeyColumn first = columns[0];
        return columns.Count == 1
            ? text
            : $"{SqlText.Name(first.Name)} {(isStart == first.IsDescending ? "<=" : ">=")} {first.Literal(values[0])} AND {text}";
    }
}
