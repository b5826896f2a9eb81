using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// The tables whose rows are backed up: ordinary ones and the partitions of others, those of an extension that it registered as its
/// configuration, and the large objects as if they were a table. A few queries, however many tables there are.
/// </summary>
internal static class TableCatalog
{
    /// <summary>The version of the row encoding.</summary>
    internal const int RowEncodingVersion = 1;

    private const string Chosen =
        """
        SELECT c.oid, n.nspname, c.relname, c.relpersistence = 'u' AS unlogged, c.reltuples, m.amname,
            CASE WHEN x.oid IS NOT NULL THEN coalesce(x.extcondition[pg_catalog.array_position(x.extconfig, c.oid)], '') END AS condition,
            pg_catalog.pg_is_in_recovery() AS standby
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
        LEFT JOIN pg_catalog.pg_depend AS d
            ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e'
        LEFT JOIN pg_catalog.pg_extension AS x ON x.oid = d.refobjid
        WHERE c.relkind = 'r' AND c.relpersistence <> 't'
            AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname !~ '^pg_(toast_)?temp_'
            AND (x.oid IS NULL OR c.oid = ANY (x.extconfig))
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
        """;

    /// <summary>Generated columns are left out: they are computed again.</summary>
    private const string Columns =
        """
        SELECT a.attrelid, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnum
        FROM pg_catalog.pg_attribute AS a
        JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
        WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND c.oid >= 16384
            AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY a.attrelid, a.attnum
        """;

    /// <summary>What identifies a row: the primary key, else the replica identity, else the oldest key without a null.</summary>
    private const string Keys =
        """
        SELECT DISTINCT ON (i.indrelid) i.indrelid, i.indkey::pg_catalog.int2[], i.indnkeyatts
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid AND c.relkind = 'r' AND c.relpersistence <> 't' AND c.oid >= 16384
        WHERE i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
            AND (i.indisprimary OR (i.indisunique AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = i.indrelid AND NOT a.attnotnull
                    AND a.attnum = ANY ((i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1]))))
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = i.indrelid AND a.attgenerated <> ''
                    AND a.attnum = ANY ((i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1]))
        ORDER BY i.indrelid, i.indisprimary DESC, i.indisreplident DESC, i.indexrelid
        """;

    private const string LargeObjects =
        """
        SELECT reltuples FROM pg_catalog.pg_class
        WHERE oid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass AND EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata)
        """;

    /// <summary>Reads them in the session's transaction. Needs no right on any table, and locks none.</summary>
    /// <returns>The tables by schema and name, the large objects last.</returns>
    internal static async Task<IReadOnlyList<TableSchema>> ReadAsync(ServerSession session, CancellationToken cancellationToken)
    {
        IReadOnlyList<(uint Table, string Name, string Type, short Number)> columns = await session.QueryAsync(
            Columns, row => (row.GetFieldValue<uint>(0), row.GetString(1), row.GetString(2), row.GetInt16(3)), cancellationToken);
        IReadOnlyList<(uint Table, short[] Numbers, int Count)> keys = await session.QueryAsync(
            Keys, row => (row.GetFieldValue<uint>(0), row.GetFieldValue<short[]>(1), (int)row.GetInt16(2)), cancellationToken);
        ILookup<uint, (string Name, string Type, short Number)> columnsByTable =
            columns.ToLookup(column => column.Table, column => (column.Name, column.Type, column.Number));
        Dictionary<uint, short[]> keyByTable = keys.ToDictionary(key => key.Table, key => key.Numbers[..key.Count]);
        IReadOnlyList<TableSchema> tables = await session.QueryAsync(
            Chosen,
            row => Describe(row, columnsByTable, keyByTable),
            cancellationToken);
        float? largeObjects = await session.ScalarAsync<float?>(LargeObjects, cancellationToken);
        return largeObjects is { } estimate ? [.. tables, LargeObjectTable(estimate)] : tables;
    }

    private static TableSchema Describe(
        NpgsqlDataReader row, ILookup<uint, (string Name, string Type, short Number)> columns, Dictionary<uint, short[]> keys)
    {
        uint oid = row.GetFieldValue<uint>(0);
        Dictionary<short, string> names = columns[oid].ToDictionary(column => column.Number, column => column.Name);
        return new TableSchema
        {
            Schema = row.GetString(1),
            Name = row.GetString(2),
            Columns = [.. columns[oid].Select(column => new ColumnSchema(column.Name, column.Type))],
            KeyColumns = keys.TryGetValue(oid, out short[]? key) ? [.. key.Select(number => names[number])] : [],
            RowEncodingVersion = RowEncodingVersion,
            Options = OptionsOf(row),
            EstimatedRows = Estimate(row.GetFloat(4)),
        };
    }

    private static Dictionary<string, string> OptionsOf(NpgsqlDataReader row)
    {
        bool isUnlogged = row.GetBoolean(3);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!row.IsDBNull(5))
        {
            options.Add(TableOption.AccessMethod, row.GetString(5));
        }

        if (isUnlogged)
        {
            options.Add(TableOption.Persistence, TableOption.Unlogged);
        }

        if (isUnlogged && row.GetBoolean(7))
        {
            options.Add(TableOption.Unreadable, TableOption.Unlogged);
        }

        if (!row.IsDBNull(6))
        {
            options.Add(TableOption.Condition, row.GetString(6));
        }

        return options;
    }

    private static TableSchema LargeObjectTable(float estimate) => new()
    {
        Schema = "pg_catalog",
        Name = "pg_largeobject",
        Columns = [new ColumnSchema("loid", "oid"), new ColumnSchema("pageno", "integer"), new ColumnSchema("data", "bytea")],
        KeyColumns = ["loid", "pageno"],
        RowEncodingVersion = RowEncodingVersion,
        Options = new Dictionary<string, string>(StringComparer.Ordinal) { [TableOption.Pseudo] = TableOption.LargeObjects },
        EstimatedRows = Estimate(estimate),
    };

    // Before 14, a table that was never counted has 0, as an empty one.
    private static long? Estimate(float rows) => rows < 0 ? null : (long)rows;
}
