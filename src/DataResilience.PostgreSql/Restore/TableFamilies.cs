namespace DataResilience.PostgreSql;

/// <summary>Which tables are partitions or heirs of each other, directly or not.</summary>
internal static class TableFamilies
{
    private const string Query = """
        SELECT child_schema.nspname || '.' || child.relname, parent_schema.nspname || '.' || parent.relname
        FROM pg_catalog.pg_inherits heir
        JOIN pg_catalog.pg_class child ON child.oid = heir.inhrelid
        JOIN pg_catalog.pg_namespace child_schema ON child_schema.oid = child.relnamespace
        JOIN pg_catalog.pg_class parent ON parent.oid = heir.inhparent
        JOIN pg_catalog.pg_namespace parent_schema ON parent_schema.oid = parent.relnamespace
        WHERE child.relkind IN ('r', 'p', 'f')
        """;

    /// <summary>Reads the name of its family for every table that has relatives.</summary>
    internal static async Task<IReadOnlyDictionary<string, string>> ReadAsync(ServerSession session, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Child, string Parent)> pairs =
            await session.QueryAsync(Query, row => (row.GetString(0), row.GetString(1)), cancellationToken);
        var leaders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string child, string parent) in pairs)
        {
            string childLeader = Leader(leaders, child);
            string parentLeader = Leader(leaders, parent);
            leaders[childLeader] = parentLeader;
        }

        return leaders.Keys.ToDictionary(name => name, name => Leader(leaders, name), StringComparer.Ordinal);
    }

    private static string Leader(Dictionary<string, string> leaders, string name)
    {
        string leader = name;
        while (leaders.TryGetValue(leader, out string? next) && next != leader)
        {
            leader = next;
        }

        leaders[name] = leader;
        return leader;
    }
}
