using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// Relations that pg_dump is told to leave out: tables with their sequences, and the views that read them, since to write down a
/// view, or the owner of a sequence, is to lock the table. They become objects without a definition, and what needs them depends on them: so it is known that it cannot come.
/// </summary>
internal sealed class HiddenRelations
{
    private const string Views =
        """
        SELECT DISTINCT r.ev_class
        FROM pg_catalog.pg_rewrite AS r
        JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
        WHERE r.rulename = '_RETURN' AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.refobjid = ANY ($1::pg_catalog.oid[]) AND d.refobjid <> r.ev_class
        """;

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

    private readonly ServerSession session;
    private readonly RelationCatalog catalog;
    private readonly Relation[] hidden;
    private readonly Relation[] sequences;

    private HiddenRelations(ServerSession session, RelationCatalog catalog, IEnumerable<uint> hidden, IReadOnlySet<uint> withSequences)
    {
        this.session = session;
        this.catalog = catalog;
        this.hidden = [.. hidden.Select(catalog.Find).OfType<Relation>()];
        sequences =
        [
            .. catalog.All.Where(relation => relation.Kind == 'S'
                && catalog.FindPart(CatalogId.Relation(relation.Oid)) is { } part && withSequences.Contains(part.Relation)),
        ];
    }

    /// <summary>As SQL writes them.</summary>
    internal IReadOnlyList<string> Names => [.. hidden.Concat(sequences).Select(relation => relation.Sql)];

    /// <summary>Finds what else is to be left out with tables.</summary>
    internal static async Task<HiddenRelations> FindAsync(
        ServerSession session, RelationCatalog catalog, IReadOnlyList<SourceRelation> tables, CancellationToken cancellationToken)
    {
        IReadOnlyList<uint> views = tables.Count == 0
            ? []
            : await session.QueryAsync(
                Views, row => row.GetFieldValue<uint>(0), cancellationToken, tables.Select(table => (long)table.Oid).ToArray());
        HashSet<uint> withSequences = [.. tables.Where(table => !table.IsReadByCode).Select(table => table.Oid)];
        return new HiddenRelations(session, catalog, tables.Select(table => table.Oid).Concat(views), withSequences);
    }

    /// <summary>Adds them to a schema.</summary>
    /// <param name="schema">What pg_dump said.</param>
    /// <param name="contents">By which numbers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task AddAsync(SchemaAssembly schema, ArchiveContents contents, CancellationToken cancellationToken)
    {
        if (hidden.Length == 0)
        {
            return;
        }

        IReadOnlyList<(uint Needed, CatalogId Dependent, uint View)> rows = await session.QueryAsync(
            Dependents,
            row => (row.GetFieldValue<uint>(0), new CatalogId(row.GetFieldValue<uint>(1), row.GetFieldValue<uint>(2)), row.GetFieldValue<uint>(3)),
            cancellationToken,
            hidden.Select(relation => (long)relation.Oid).ToArray());
        ILookup<CatalogId, int> ids = contents.Entries.ToLookup(entry => entry.Catalog, entry => entry.Id);
        Dictionary<uint, int> placeholders = hidden.ToDictionary(relation => relation.Oid, _ => schema.NextId());
        schema.Add(hidden.Select(relation => Describe(relation, placeholders[relation.Oid])));
        foreach ((uint needed, CatalogId dependent, uint view) in rows)
        {
            int[] concerned = [.. ids[dependent], .. ids[CatalogId.Relation(view)]];
            foreach (int id in placeholders.TryGetValue(view, out int hiddenView) ? [.. concerned, hiddenView] : concerned)
            {
                schema.AddNeed(id, placeholders[needed]);
            }
        }
    }

    private PlacedObject Describe(Relation relation, int id)
    {
        var item = new SchemaObject
        {
            Id = id,
            Kind = relation.Kind switch
            {
                'v' => ObjectKind.View,
                'm' => ObjectKind.MaterializedView,
                _ => ObjectKind.Table,
            },
            Schema = relation.Schema,
            Name = relation.Name,
            Table = catalog.TableOf(relation, isTable: true),
            Phase = SchemaPhase.PreData,
            Definition = "",
        };
        return new PlacedObject(item, SchemaPass.Main);
    }
}
