using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The statement that reads one range of a table.</summary>
/// <param name="database">The database.</param>
/// <param name="table">The table; its columns are named one by one, since * leaves invisible ones out.</param>
/// <param name="range">Which of its rows.</param>
/// <param name="key">What its rows are in order of; null where it has no key, or only one range that needs none.</param>
internal sealed class RowQuery(string database, TableSchema table, RowRange range, TableKey? key)
{
    /// <summary>The table as users know it.</summary>
    internal string TableName => table.QualifiedName;

    /// <summary>How many columns a row has; a table without a stored column has rows all the same.</summary>
    internal int Columns => table.Columns.Count;

    /// <summary>The statement.</summary>
    internal string Text
    {
        get
        {
            string columns = Columns == 0 ? "1" : string.Join(", ", table.Columns.Select(ColumnEncoding.Read));
            // Without it, or a partial one, a table's rows of the past would be missing.
            string times = table.Options.ContainsKey(TableOption.SystemVersioned) ? " FOR SYSTEM_TIME ALL" : "";
            string condition = key?.Condition(range) is { Length: > 0 } text ? $" WHERE {text}" : "";
            return $"SELECT {columns} FROM {SqlText.Name(database, table.Name)}{times}{key?.Hint}{condition}{key?.Order}";
        }
    }
}
