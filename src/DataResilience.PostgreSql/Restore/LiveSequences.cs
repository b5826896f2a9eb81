namespace DataResilience.PostgreSql;

/// <summary>Sequences that feed columns of tables that got rows: the next value must be past every one that is there.</summary>
internal static class LiveSequences
{
    private const string Query = """
        SELECT pg_catalog.quote_ident(sn.nspname) || '.' || pg_catalog.quote_ident(s.relname),
            pg_catalog.quote_ident(tn.nspname) || '.' || pg_catalog.quote_ident(t.relname),
            pg_catalog.quote_ident(a.attname), q.seqincrement > 0
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace
        JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
        JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
        JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 AND t.oid = ANY ($1::pg_catalog.oid[])
        """;

    /// <summary>Moves them on. A sequence is outside of the transaction: if that fails, numbers are skipped, which is no harm.</summary>
    internal static async Task AdvanceAsync(ServerSession session, long[] tables, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Sequence, string Table, string Column, bool Rises)> found = await session.QueryAsync(
            Query, row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)), cancellationToken, tables);
        foreach ((string sequence, string table, string column, bool rises) in found)
        {
            (string last, string compare) = rises ? ("max", ">") : ("min", "<");
            await session.ExecuteAsync(
                $"""
                SELECT pg_catalog.setval({SqlName.Text(sequence)}, r.last) FROM (SELECT {last}({column})::bigint AS last FROM ONLY {table}) r
                CROSS JOIN {sequence} s WHERE r.last {compare} s.last_value OR (r.last = s.last_value AND NOT s.is_called)
                """,
                cancellationToken);
        }
    }
}
