using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>The statements that read one range of a table, in the order of its pages.</summary>
/// <param name="table">The table; its columns are named one by one, since restored tables may have them in another order.</param>
/// <param name="range">Page numbers in decimal.</param>
internal sealed class RowQuery(TableSchema table, RowRange range)
{
    private const string Where = "WHERE";

    private readonly string source = SqlName.Quote(table.Schema, table.Name);
    private readonly string columns = string.Join(", ", table.Columns.Select(column => SqlName.Quote(column.Name)));

    /// <summary>The table as users know it.</summary>
    internal string TableName => table.QualifiedName;

    /// <summary>Reads the range as text.</summary>
    /// <param name="after">The row to begin behind; null for the beginning of the range.</param>
    internal string Text(string? after)
    {
        string condition = Condition(after);
        // COPY of the table itself spares the server an executor; without a column it could not name what to leave out.
        return condition.Length == 0 && columns.Length > 0
            ? $"COPY {source} ({columns}) TO STDOUT"
            : $"COPY (SELECT {columns} FROM ONLY {source}{condition}) TO STDOUT";
    }

    /// <summary>Reads one row in binary form.</summary>
    internal string Binary(string row) =>
        $"COPY (SELECT {columns} FROM ONLY {source} WHERE ctid = {Place(row)}) TO STDOUT (FORMAT binary)";

    /// <summary>Finds the row behind those that <see cref="Text"/> gave.</summary>
    internal string Find(string? after, long rows) =>
        $"SELECT ctid::text FROM ONLY {source}{Condition(after)} OFFSET {rows.ToString(CultureInfo.InvariantCulture)} LIMIT 1";

    private static string Place(string row) => $"'{row}'::tid";

    private static string Page(string page) => Place($"({long.Parse(page, CultureInfo.InvariantCulture)},0)");

    private string Condition(string? after)
    {
        var parts = new List<string>();
        if (table.Options.GetValueOrDefault(TableOption.Condition) is { Length: > 0 } condition)
        {
            string text = condition.Trim();
            parts.Add($"({(text.StartsWith(Where, StringComparison.OrdinalIgnoreCase) ? text[Where.Length..] : text)}\n)");
        }

        if (after is not null)
        {
            parts.Add($"ctid > {Place(after)}");
        }
        else if (range.From is { } from)
        {
            parts.Add($"ctid >= {Page(from)}");
        }

        if (range.To is { } to)
        {
            parts.Add($"ctid < {Page(to)}");
        }

        return parts.Count == 0 ? "" : $" {Where} {string.Join(" AND ", parts)}";
    }
}
