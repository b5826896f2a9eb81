namespace DataResilience.PostgreSql;

/// <summary>Which object belongs to which table, by the numbers of the catalogs: names could be told apart from nothing else.</summary>
internal sealed class RelationCatalog
{
    // The first number that is not the server's own.
    private const string IsUserObject = "oid >= 16384";

    private const string ToastSchema = "99";

    private const string Relations =
        $"""
        SELECT c.oid, n.nspname, c.relname, c.relkind::pg_catalog.text, coalesce(i.inhparent, 0), c.relispopulated
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = c.oid AND c.relispartition AND c.relkind IN ('r', 'p', 'f')
        WHERE c.{IsUserObject} AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I') AND c.relpersistence <> 't'
          AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
        """;

    private const string Parts =
        $"""
        SELECT 1259::pg_catalog.oid, i.indexrelid, i.indrelid, c.relname::pg_catalog.text, 0::pg_catalog.oid
        FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
        WHERE c.{IsUserObject} AND c.relnamespace <> {ToastSchema}
        UNION ALL SELECT 2606, oid, conrelid, conname, confrelid FROM pg_catalog.pg_constraint WHERE {IsUserObject}
        UNION ALL SELECT 2620, oid, tgrelid, tgname, 0 FROM pg_catalog.pg_trigger WHERE {IsUserObject} AND NOT tgisinternal
        UNION ALL SELECT 2618, oid, ev_class, rulename, 0 FROM pg_catalog.pg_rewrite WHERE {IsUserObject}
        UNION ALL SELECT 3256, oid, polrelid, polname, 0 FROM pg_catalog.pg_policy WHERE {IsUserObject}
        UNION ALL SELECT 3381, oid, stxrelid, stxname, 0 FROM pg_catalog.pg_statistic_ext WHERE {IsUserObject}
        UNION ALL
        SELECT 2604, d.oid, d.adrelid, a.attname, 0
        FROM pg_catalog.pg_attrdef AS d JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
        WHERE d.{IsUserObject}
        UNION ALL
        SELECT 1259, d.objid, d.refobjid, c.relname, 0
        FROM pg_catalog.pg_depend AS d JOIN pg_catalog.pg_class AS c ON c.oid = d.objid AND c.relkind = 'S'
        WHERE d.classid = 1259 AND d.refclassid = 1259 AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
        """;

    private readonly Dictionary<uint, Relation> byOid;
    private readonly Dictionary<(string Schema, string Name), Relation> byName;
    private readonly Dictionary<CatalogId, RelationPart> parts;

    private RelationCatalog(IReadOnlyList<Relation> relations, Dictionary<CatalogId, RelationPart> parts)
    {
        byOid = relations.ToDictionary(relation => relation.Oid);
        byName = relations.ToDictionary(relation => (relation.Schema, relation.Name));
        this.parts = parts;
    }

    /// <summary>Every relation.</summary>
    internal IEnumerable<Relation> All => byOid.Values;

    internal static async Task<RelationCatalog> ReadAsync(ServerSession session, CancellationToken cancellationToken)
    {
        IReadOnlyList<Relation> relations = await session.QueryAsync(
            Relations,
            row => new Relation(row.GetFieldValue<uint>(0), row.GetString(1), row.GetString(2), row.GetString(3)[0], row.GetFieldValue<uint>(4), row.GetBoolean(5)),
            cancellationToken);
        IReadOnlyList<(CatalogId Id, RelationPart Part)> rows = await session.QueryAsync(
            Parts,
            row => (
                new CatalogId(row.GetFieldValue<uint>(0), row.GetFieldValue<uint>(1)),
                new RelationPart(row.GetFieldValue<uint>(2), row.GetString(3), row.GetFieldValue<uint>(4))),
            cancellationToken);
        var partById = new Dictionary<CatalogId, RelationPart>(rows.Count);
        foreach ((CatalogId id, RelationPart part) in rows)
        {
            partById[id] = part;
        }

        return new RelationCatalog(relations, partById);
    }

    internal Relation? Find(uint oid) => byOid.GetValueOrDefault(oid);

    internal Relation? Find(string schema, string name) => byName.GetValueOrDefault((schema, name));

    /// <summary>
    /// The table that an object belongs to. A partition belongs to the table that it is a partition of, so that choosing that takes
    /// them all; what is on a view stands alone as the view does.
    /// </summary>
    /// <param name="relation">What the object is, or is on.</param>
    /// <param name="isTable">Whether it is the table itself.</param>
    internal string? TableOf(Relation relation, bool isTable)
    {
        if (!relation.IsTable)
        {
            return null;
        }

        bool isPartition = relation.Parent != 0 && (isTable || relation.Kind == 'f');
        return (isPartition ? Find(relation.Parent) ?? relation : relation).QualifiedName;
    }

    internal RelationPart? FindPart(CatalogId id) => parts.GetValueOrDefault(id);
}
