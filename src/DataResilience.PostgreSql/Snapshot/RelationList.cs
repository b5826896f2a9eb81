using System.Globalization;
using System.Text;

namespace DataResilience.PostgreSql;

/// <summary>The tables of a database, as far as locks and ranges need to know them.</summary>
internal static class RelationList
{
    // Foreign tables, views and sequences cannot be locked by LOCK TABLE in every version, and have no pages to cut.
    private static readonly CompositeFormat Query = CompositeFormat.Parse(
        """
        SELECT c.oid, n.nspname, c.relname, coalesce(a.amname = 'heap', false), c.relpersistence = 'u',
            coalesce(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'), false),
            n.nspname = 'pg_catalog', {0},
            CASE WHEN c.relispartition THEN (SELECT i.inhparent FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid)::bigint ELSE 0 END,
            ARRAY(
                SELECT i.inhparent::bigint FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid
                UNION SELECT t.typrelid::bigint FROM pg_catalog.pg_attribute f JOIN pg_catalog.pg_type e ON e.oid = f.atttypid
                    JOIN pg_catalog.pg_type t ON t.oid = CASE WHEN e.typcategory = 'A' THEN e.typelem ELSE e.oid END
                WHERE f.attrelid = c.oid AND f.attnum > 0 AND NOT f.attisdropped AND t.typrelid NOT IN (0, c.oid)),
            EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                    LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = d.objid
                WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = c.oid
                    AND (d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass OR (r.rulename <> '_RETURN' AND r.ev_class <> c.oid)))
            OR EXISTS (
                SELECT FROM pg_catalog.pg_depend s
                    JOIN pg_catalog.pg_depend d ON d.refclassid = s.classid AND d.refobjid = s.objid
                        AND d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                    JOIN pg_catalog.pg_attrdef f ON f.oid = d.objid AND f.adrelid <> c.oid
                WHERE s.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND s.refclassid = s.classid AND s.refobjid = c.oid
                    AND s.refobjsubid > 0 AND s.deptype IN ('a', 'i'))
        FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND n.nspname <> 'information_schema'
            AND (n.nspname NOT LIKE 'pg\_%' OR c.oid = 'pg_catalog.pg_largeobject'::regclass)
        ORDER BY n.nspname, c.relname
        """);

    private const string NoPages = "0::bigint";

    private const string Pages =
        "CASE WHEN c.oid::bigint = ANY ($1) THEN coalesce(pg_relation_size(c.oid, 'main') / current_setting('block_size')::bigint, 0) ELSE 0 END";

    /// <summary>Reads the list.</summary>
    /// <param name="session">The session; within a transaction, as its snapshot has it.</param>
    /// <param name="counted">The tables whose pages are counted, which takes a lock on each and asks the file system; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static Task<IReadOnlyList<SourceRelation>> ReadAsync(
        ServerSession session, IEnumerable<SourceRelation>? counted, CancellationToken cancellationToken) => session.QueryAsync(
        string.Format(CultureInfo.InvariantCulture, Query, counted is null ? NoPages : Pages),
        row => new SourceRelation(
            row.GetFieldValue<uint>(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5),
            row.GetBoolean(6), row.GetInt64(7))
        {
            PartitionOf = (uint)row.GetInt64(8),
            Needs = [.. row.GetFieldValue<long[]>(9).Select(oid => (uint)oid)],
            IsReadByCode = row.GetBoolean(10),
        },
        cancellationToken,
        counted is null ? [] : [counted.Select(relation => (long)relation.Oid).ToArray()]);
}
