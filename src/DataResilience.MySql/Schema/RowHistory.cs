using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>What is read of the past of a system-versioned table.</summary>
/// <param name="IsKept">Whether rows of all times are read.</param>
/// <param name="Columns">The columns with the time that a row is of, which are read besides.</param>
/// <param name="KeyColumns">What tells versions of a row apart.</param>
internal sealed record RowHistory(bool IsKept, IReadOnlyList<ColumnSchema> Columns, IReadOnlyList<string> KeyColumns)
{
    private static readonly RowHistory None = new(false, [], []);

    /// <summary>
    /// Versions that cannot be given rows of the past (before MariaDB 10.11), and tables that count transactions instead of time,
    /// have only their rows of now in a backup.
    /// </summary>
    internal static RowHistory Of(CatalogTable table, IReadOnlyList<CatalogColumn> columns, ServerVersion server)
    {
        if (!table.IsSystemVersioned || !server.IsMariaDbSince(10, 11))
        {
            return None;
        }

        CatalogColumn[] declared = [.. columns.Where(column => column.IsRowStart || column.IsRowEnd)];
        if (declared.Length == 0)
        {
            return new RowHistory(true, [new ColumnSchema("row_start", "timestamp(6)"), new ColumnSchema("row_end", "timestamp(6)")], ["row_end"]);
        }

        return declared.All(column => column.DataType == "timestamp")
            ? new RowHistory(
                true,
                [.. declared.Select(column => new ColumnSchema(column.Name, column.ColumnType))],
                [.. declared.Where(column => column.IsRowEnd).Select(column => column.Name)])
            : None;
    }
}
