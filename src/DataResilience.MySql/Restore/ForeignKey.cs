using System.Globalization;

namespace DataResilience.MySql;

/// <summary>A foreign key as the server has it.</summary>
/// <param name="Database">The database of its table.</param>
/// <param name="Table">Its table.</param>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="ParentDatabase">The database of the table it refers to.</param>
/// <param name="Parent">The table it refers to.</param>
/// <param name="ParentColumns">The columns it refers to.</param>
/// <param name="OnUpdate">What happens when the parent's key changes.</param>
/// <param name="OnDelete">What happens when the parent goes.</param>
internal sealed record ForeignKey(
    string Database, string Table, string Name, IReadOnlyList<string> Columns, string ParentDatabase, string Parent, IReadOnlyList<string> ParentColumns,
    string OnUpdate, string OnDelete)
{
    private const string Query = """
        SELECT CAST(k.constraint_schema AS CHAR), CAST(k.table_name AS CHAR), CAST(k.constraint_name AS CHAR), CAST(k.column_name AS CHAR),
            CAST(k.referenced_table_schema AS CHAR), CAST(k.referenced_table_name AS CHAR), CAST(k.referenced_column_name AS CHAR),
            CAST(r.update_rule AS CHAR), CAST(r.delete_rule AS CHAR)
        FROM information_schema.key_column_usage k
        JOIN information_schema.referential_constraints r
            ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
        WHERE k.referenced_table_name IS NOT NULL AND {0} = ?
        ORDER BY k.constraint_schema, k.table_name, k.constraint_name, k.ordinal_position
        """;

    private static readonly string OfTables = Query.Replace("{0}", "k.table_schema", StringComparison.Ordinal);

    private static readonly string ToTables = Query.Replace("{0}", "k.referenced_table_schema", StringComparison.Ordinal);

    /// <summary>The statement that takes it away.</summary>
    internal string Drop => $"ALTER TABLE {SqlText.Name(Database, Table)} DROP FOREIGN KEY {SqlText.Name(Name)}";

    /// <summary>The keys of a database's tables.</summary>
    internal static Task<IReadOnlyList<ForeignKey>> OfAsync(ServerSession session, string database, CancellationToken cancellationToken) =>
        ReadAsync(session, OfTables, database, cancellationToken);

    /// <summary>The keys, of whatever database, that refer to tables of a database.</summary>
    internal static Task<IReadOnlyList<ForeignKey>> ToAsync(ServerSession session, string database, CancellationToken cancellationToken) =>
        ReadAsync(session, ToTables, database, cancellationToken);

    /// <summary>The statement that makes it again, referring to the table of the same name in a database.</summary>
    internal string Add(string parentDatabase) =>
        $"ALTER TABLE {SqlText.Name(Database, Table)} ADD CONSTRAINT {SqlText.Name(Name)} FOREIGN KEY ({Names(Columns)}) "
        + $"REFERENCES {SqlText.Name(parentDatabase, Parent)} ({Names(ParentColumns)}){Action("UPDATE", OnUpdate)}{Action("DELETE", OnDelete)}";

    /// <summary>Counts rows without a parent and says how many; null where there are none.</summary>
    internal async Task<string?> FindOrphansAsync(ServerSession session, CancellationToken cancellationToken)
    {
        string match = string.Join(" AND ", Columns.Zip(ParentColumns, (child, parent) => $"p.{SqlText.Name(parent)} = c.{SqlText.Name(child)}"));
        string known = string.Join(" AND ", Columns.Select(child => $"c.{SqlText.Name(child)} IS NOT NULL"));
        string? count = await session.ScalarAsync(
            $"SELECT CAST(COUNT(*) AS CHAR) FROM {SqlText.Name(Database, Table)} c WHERE {known} "
            + $"AND NOT EXISTS (SELECT 1 FROM {SqlText.Name(ParentDatabase, Parent)} p WHERE {match})",
            cancellationToken);
        return count is null or "0" ? null : string.Create(CultureInfo.InvariantCulture, $"{count} rows of {Table} have no parent by the foreign key '{Name}'");
    }

    /// <summary>NO ACTION is what holds where nothing is said.</summary>
    private static string Action(string happening, string rule) => rule == "NO ACTION" ? "" : $" ON {happening} {rule}";

    /// <summary>MariaDB's catalog says RESTRICT where nothing was said, which means the same.</summary>
    private static string Rule(ServerVersion server, string rule) => server.IsMariaDb && rule == "RESTRICT" ? "NO ACTION" : rule;

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(SqlText.Name));

    private static async Task<IReadOnlyList<ForeignKey>> ReadAsync(ServerSession session, string query, string database, CancellationToken cancellationToken)
    {
        IReadOnlyList<ForeignKey> parts = await session.QueryAsync(
            query,
            row => new ForeignKey(
                row.GetString(0), row.GetString(1), row.GetString(2), [row.GetString(3)], row.GetString(4), row.GetString(5), [row.GetString(6)],
                Rule(session.Version, row.GetString(7)), Rule(session.Version, row.GetString(8))),
            cancellationToken,
            database);
        return
        [
            .. parts.GroupBy(part => (part.Database, part.Table, part.Name)).Select(key => key.First() with
            {
                Columns = [.. key.SelectMany(part => part.Columns)],
                ParentColumns = [.. key.SelectMany(part => part.ParentColumns)],
            }),
        ];
    }
}
