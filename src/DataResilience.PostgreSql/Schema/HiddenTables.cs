using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// Tables that pg_dump was told to leave out. They become objects without a definition, and what needs them depends on them: so it
/// is known that it cannot come without them.
/// </summary>
internal sealed class HiddenTables(ServerSession session, RelationCatalog catalog, IReadOnlyList<SourceRelation> hidden)
{
    // What depends on the table, or on the type of its rows. A view does so by its rule.
    private const string Dependents =
        """
        SELECT c.oid, d.classid, d.objid, coalesce(r.ev_class, 0)
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_type AS t ON t.oid = c.reltype
        JOIN pg_catalog.pg_depend AS d
            ON (d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = c.oid)
            OR (d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.refobjid IN (t.oid, t.typarray))
        LEFT JOIN pg_catalog.pg_rewrite AS r ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = d.objid
        WHERE c.oid = ANY ($1::pg_catalog.oid[])
        """;

    /// <summary>Adds them to a schema.</summary>
    /// <param name="schema">What pg_dump said.</param>
    /// <param name="contents">By which numbers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task AddAsync(SchemaAssembly schema, ArchiveContents contents, CancellationToken cancellationToken)
    {
        if (hidden.Count == 0)
        {
            return;
        }

        IReadOnlyList<(uint Table, CatalogId Dependent, uint View)> rows = await session.QueryAsync(
            Dependents,
            row => (row.GetFieldValue<uint>(0), new CatalogId(row.GetFieldValue<uint>(1), row.GetFieldValue<uint>(2)), row.GetFieldValue<uint>(3)),
            cancellationToken,
            hidden.Select(table => (long)table.Oid).ToArray());
        ILookup<CatalogId, int> ids = contents.Entries.ToLookup(entry => entry.Catalog, entry => entry.Id);
        Dictionary<uint, int> placeholders = [];
        foreach (Relation table in hidden.Select(table => catalog.Find(table.Oid)).OfType<Relation>())
        {
            PlacedObject item = Describe(table, schema.NextId());
            placeholders.Add(table.Oid, item.Object.Id);
            schema.Add([item]);
        }

        foreach ((uint table, CatalogId dependent, uint view) in rows.Where(row => placeholders.ContainsKey(row.Table)))
        {
            foreach (int id in ids[dependent].Concat(view == 0 ? [] : ids[CatalogId.Relation(view)]))
            {
                schema.AddNeed(id, placeholders[table]);
            }
        }
    }

    private PlacedObject Describe(Relation table, int id)
    {
        var item = new SchemaObject
        {
            Id = id,
            Kind = ObjectKind.Table,
            Schema = table.Schema,
            Name = table.Name,
            Table = catalog.TableOf(table, isTable: true),
            Phase = SchemaPhase.PreData,
            Definition = "",
        };
        return new PlacedObject(item, SchemaPass.Main);
    }
}
