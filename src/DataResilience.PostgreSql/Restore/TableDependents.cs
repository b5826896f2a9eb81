namespace DataResilience.PostgreSql;

/// <summary>What else in a live database needs tables that would be dropped or emptied.</summary>
internal static class TableDependents
{
    // Everything that goes with the tables by itself, and of what does not, whatever needs something of that.
    private const string OfDrop = """
        WITH RECURSIVE gone (classid, objid) AS (
            SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, t.oid
            FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS t (oid)
            UNION
            SELECT d.classid, d.objid FROM pg_catalog.pg_depend d
            JOIN gone g ON d.refclassid = g.classid AND d.refobjid = g.objid
            WHERE d.deptype IN ('a', 'i', 'P', 'S')
        )
        SELECT DISTINCT CASE WHEN d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
            THEN pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass,
                (SELECT r.ev_class FROM pg_catalog.pg_rewrite r WHERE r.oid = d.objid), 0)
            ELSE pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) END
        FROM pg_catalog.pg_depend d JOIN gone g ON d.refclassid = g.classid AND d.refobjid = g.objid
        WHERE d.deptype = 'n' AND NOT EXISTS (SELECT FROM gone o WHERE o.classid = d.classid AND o.objid = d.objid)
        UNION
        SELECT pg_catalog.pg_describe_object(g.classid, g.objid, 0) FROM gone g JOIN pg_catalog.pg_class c ON c.oid = g.objid
        WHERE g.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.relkind IN ('r', 'p', 'f') AND c.oid <> ALL ($1::pg_catalog.oid[])
        UNION
        SELECT pg_catalog.pg_describe_object(g.classid, g.objid, 0) FROM gone g
        WHERE g.classid = 'pg_catalog.pg_publication_rel'::pg_catalog.regclass
        ORDER BY 1
        """;

    private const string OfTruncate = """
        SELECT DISTINCT pg_catalog.pg_describe_object('pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid, 0)
        FROM pg_catalog.pg_constraint k
        WHERE k.contype = 'f' AND k.confrelid = ANY ($1::pg_catalog.oid[]) AND k.conrelid <> ALL ($1::pg_catalog.oid[]) ORDER BY 1
        """;

    /// <summary>Finds what keeps tables from being dropped, each as the server calls it.</summary>
    internal static Task<IReadOnlyList<string>> OfDropAsync(ServerSession session, long[] tables, CancellationToken cancellationToken) =>
        session.QueryAsync(OfDrop, row => row.GetString(0), cancellationToken, tables);

    /// <summary>Finds what keeps tables from being emptied.</summary>
    internal static Task<IReadOnlyList<string>> OfTruncateAsync(ServerSession session, long[] tables, CancellationToken cancellationToken) =>
        session.QueryAsync(OfTruncate, row => row.GetString(0), cancellationToken, tables);
}
