using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Materialized views that hold rows get them again, each after those that it reads, be it through views.</summary>
internal sealed class ViewRefreshes(ServerSession session, RelationCatalog catalog)
{
    private const string Reads =
        """
        SELECT DISTINCT r.ev_class, d.refobjid
        FROM pg_catalog.pg_rewrite AS r
        JOIN pg_catalog.pg_class AS reader ON reader.oid = r.ev_class AND reader.relkind IN ('v', 'm')
        JOIN pg_catalog.pg_depend AS d
            ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
            AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid <> r.ev_class
        JOIN pg_catalog.pg_class AS read ON read.oid = d.refobjid AND read.relkind IN ('v', 'm')
        WHERE r.oid >= 16384
        """;

    private readonly List<PlacedObject> objects = [];

    /// <summary>The refreshes that a view was found to come after; present while it is still looked at, too.</summary>
    private readonly Dictionary<uint, HashSet<int>> found = [];

    internal async Task<List<PlacedObject>> ReadAsync(SchemaAssembly schema, CancellationToken cancellationToken)
    {
        IReadOnlyList<(uint View, uint Read)> rows = await session.QueryAsync(
            Reads, row => (row.GetFieldValue<uint>(0), row.GetFieldValue<uint>(1)), cancellationToken);
        ILookup<uint, uint> reads = rows.ToLookup(row => row.View, row => row.Read);
        foreach (Relation view in catalog.All.Where(relation => relation is { Kind: 'm', IsPopulated: true }).OrderBy(relation => relation.Oid))
        {
            Visit(view.Oid, reads, schema);
        }

        return objects;
    }

    /// <returns>The refreshes that must come before whatever reads the view.</returns>
    private HashSet<int> Visit(uint oid, ILookup<uint, uint> reads, SchemaAssembly schema)
    {
        if (found.TryGetValue(oid, out HashSet<int>? known))
        {
            return known;
        }

        HashSet<int> needs = found[oid] = [];
        foreach (uint read in reads[oid])
        {
            needs.UnionWith(Visit(read, reads, schema));
        }

        if (catalog.Find(oid) is not { Kind: 'm', IsPopulated: true } view
            || schema.FindId(ObjectKind.MaterializedView, view.Schema, view.Name) is not { } definition)
        {
            return needs;
        }

        SchemaObject refresh = Describe(view, schema.NextId(), [definition, .. needs]);
        objects.Add(new PlacedObject(refresh, SchemaPass.Refresh));
        return found[oid] = [refresh.Id];
    }

    private static SchemaObject Describe(Relation view, int id, int[] needs) => new()
    {
        Id = id,
        Kind = ObjectKind.Refresh,
        Schema = view.Schema,
        Name = view.Name,
        Phase = SchemaPhase.PostData,
        Definition = $"REFRESH MATERIALIZED VIEW {view.Sql};",
        DependsOn = needs,
    };
}
