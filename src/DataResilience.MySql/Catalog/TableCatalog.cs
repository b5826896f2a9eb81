using System.Globalization;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>The tables of a database and their columns, by one query each for all of them.</summary>
internal sealed class TableCatalog
{
    private readonly Dictionary<string, List<CatalogColumn>> columnsByTable;
    private readonly Dictionary<string, string> ownerByView;

    private TableCatalog(
        IReadOnlyList<CatalogTable> all, Dictionary<string, List<CatalogColumn>> columnsByTable, Dictionary<string, string> ownerByView) =>
        (All, this.columnsByTable, this.ownerByView) = (all, columnsByTable, ownerByView);

    /// <summary>Tables, views and sequences by name.</summary>
    internal IReadOnlyList<CatalogTable> All { get; }

    internal static async Task<TableCatalog> ReadAsync(ServerSession session, string database, CancellationToken cancellationToken)
    {
        IReadOnlyList<CatalogTable> tables = await session.QueryAsync(
            $"SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_ROWS, TABLE_COMMENT FROM information_schema.TABLES WHERE {CatalogFilter.IsIn("TABLE_SCHEMA", database)}",
            Table,
            cancellationToken);
        IReadOnlyList<(string Name, string Owner)> views = await session.QueryAsync(
            $"SELECT TABLE_NAME, DEFINER FROM information_schema.VIEWS WHERE {CatalogFilter.IsIn("TABLE_SCHEMA", database)}",
            row => (row.GetString(0), row.GetString(1)),
            cancellationToken);
        Dictionary<string, string> owners = views.ToDictionary(view => view.Name, view => view.Owner, StringComparer.Ordinal);
        var columns = new Dictionary<string, List<CatalogColumn>>(StringComparer.Ordinal);
        foreach ((string table, CatalogColumn column) in await session.QueryAsync(
            $"""
            SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME, EXTRA, GENERATION_EXPRESSION
            FROM information_schema.COLUMNS WHERE {CatalogFilter.IsIn("TABLE_SCHEMA", database)} ORDER BY TABLE_NAME, ORDINAL_POSITION
            """,
            Column,
            cancellationToken))
        {
            if (!columns.TryGetValue(table, out List<CatalogColumn>? ofTable))
            {
                columns[table] = ofTable = [];
            }

            ofTable.Add(column);
        }

        // MariaDB takes a view that it cannot open for a table.
        return new TableCatalog(
            [.. tables.Select(table => owners.ContainsKey(table.Name) ? table.AsView() : table).OrderBy(table => table.Name, StringComparer.Ordinal)],
            columns,
            owners);
    }

    /// <summary>The columns of a table in their order.</summary>
    internal IReadOnlyList<CatalogColumn> ColumnsOf(CatalogTable table) => columnsByTable.GetValueOrDefault(table.Name) ?? [];

    /// <summary>Who defined a view, as <c>user@host</c>.</summary>
    internal string OwnerOf(CatalogTable view) => ownerByView.GetValueOrDefault(view.Name, "");

    private static CatalogTable Table(MySqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.Text(2) ?? "",
        row.IsDBNull(3) ? null : Convert.ToInt64(row.GetValue(3), CultureInfo.InvariantCulture),
        row.Text(4) ?? "");

    private static (string Table, CatalogColumn Column) Column(MySqlDataReader row)
    {
        // MySQL says DEFAULT_GENERATED of a column whose default is an expression: that one has values of its own.
        string extra = row.Text(6) ?? "";
        bool isGenerated = extra.Contains("VIRTUAL GENERATED", StringComparison.OrdinalIgnoreCase)
            || extra.Contains("STORED GENERATED", StringComparison.OrdinalIgnoreCase);
        return (
            row.GetString(0),
            new CatalogColumn(
                row.GetString(1),
                row.GetString(2).ToLowerInvariant(),
                row.GetString(3),
                row.Text(4) ?? "",
                row.Text(5) ?? "",
                isGenerated,
                row.Text(7) ?? ""));
    }
}
