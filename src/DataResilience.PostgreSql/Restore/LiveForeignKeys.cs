using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>The foreign keys of tables that rows are loaded into, in whatever order the tables come.</summary>
internal sealed class LiveForeignKeys(ServerSession session)
{
    private const string Keys = """
        SELECT k.oid, n.nspname, c.relname, k.conname, k.condeferrable, k.condeferred
        FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE k.contype = 'f' AND k.convalidated AND k.conrelid = ANY ($1::pg_catalog.oid[]) ORDER BY 2, 3, 4
        """;

    // With the operators that the key itself compares by.
    private const string Columns = """
        SELECT pg_catalog.quote_ident(child.attname), pg_catalog.quote_ident(parent.attname),
            pg_catalog.quote_ident(s.nspname) || '.' || o.oprname,
            (SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)
             FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = k.confrelid)
        FROM pg_catalog.pg_constraint k
        CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(k.conkey), pg_catalog.unnest(k.confkey), pg_catalog.unnest(k.conpfeqop)) AS p (child, parent, op)
        JOIN pg_catalog.pg_attribute child ON child.attrelid = k.conrelid AND child.attnum = p.child
        JOIN pg_catalog.pg_attribute parent ON parent.attrelid = k.confrelid AND parent.attnum = p.parent
        JOIN pg_catalog.pg_operator o ON o.oid = p.op
        JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace
        WHERE k.oid = $1::pg_catalog.oid
        """;

    private readonly List<Key> changed = [];
    private bool isReplica;

    /// <summary>Lets rows come before those that they refer to.</summary>
    internal async Task OpenAsync(long[] tables, bool asReplica, CancellationToken cancellationToken)
    {
        isReplica = asReplica;
        if (isReplica)
        {
            return;
        }

        foreach (Key key in await ReadAsync(tables, cancellationToken))
        {
            if (!key.IsDeferrable)
            {
                await AlterAsync(key, "DEFERRABLE", cancellationToken);
                changed.Add(key);
            }
        }

        await session.ExecuteAsync("SET CONSTRAINTS ALL DEFERRED", cancellationToken);
    }

    /// <summary>Finds keys that do not hold, where the server has not looked itself.</summary>
    internal async Task<IReadOnlyList<string>> CheckAsync(long[] tables, CancellationToken cancellationToken)
    {
        if (!isReplica)
        {
            await session.ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", cancellationToken);
            return [];
        }

        var findings = new List<string>();
        foreach (Key key in await ReadAsync(tables, cancellationToken))
        {
            long orphans = await CountOrphansAsync(key, cancellationToken);
            if (orphans > 0)
            {
                findings.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{orphans} rows of {key.Table} have no parent by the foreign key '{key.Name}'"));
            }
        }

        return findings;
    }

    /// <summary>Makes the keys what they were.</summary>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (changed.Count > 0)
        {
            await session.ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", cancellationToken);
        }

        foreach (Key key in changed)
        {
            await AlterAsync(key, "NOT DEFERRABLE", cancellationToken);
        }
    }

    private Task<IReadOnlyList<Key>> ReadAsync(long[] tables, CancellationToken cancellationToken) => session.QueryAsync(
        Keys,
        row => new Key((long)row.GetFieldValue<uint>(0), SqlName.Quote(row.GetString(1), row.GetString(2)), row.GetString(3), row.GetBoolean(4)),
        cancellationToken,
        tables);

    private Task AlterAsync(Key key, string how, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"ALTER TABLE {key.Table} ALTER CONSTRAINT {SqlName.Quote(key.Name)} {how}", cancellationToken);

    private async Task<long> CountOrphansAsync(Key key, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Child, string Parent, string Operator, string Table)> columns = await session.QueryAsync(
            Columns, row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancellationToken, key.Oid);
        string match = string.Join(" AND ", columns.Select(column => $"p.{column.Parent} OPERATOR({column.Operator}) c.{column.Child}"));
        string isSet = string.Join(" AND ", columns.Select(column => $"c.{column.Child} IS NOT NULL"));
        return await session.ScalarAsync<long>(
            $"SELECT pg_catalog.count(*) FROM {key.Table} c WHERE {isSet} AND NOT EXISTS (SELECT FROM {columns[0].Table} p WHERE {match})",
            cancellationToken);
    }

    private sealed record Key(long Oid, string Table, string Name, bool IsDeferrable);
}
