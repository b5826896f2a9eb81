using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// Large objects without their bytes: number, owner, privileges, comment. Many of them become one schema object, so that millions
/// of them are no burden. All of it belongs to the pseudo table of their bytes and is left out with it.
/// </summary>
internal sealed class LargeObjectCatalog(ServerSession session)
{
    private const string Table = "pg_catalog.pg_largeobject";
    private const int MostInOneObject = 1000;

    private const string All =
        """
        SELECT m.oid, pg_catalog.pg_get_userbyid(m.lomowner)::pg_catalog.text, m.lomacl::pg_catalog.text, d.description
        FROM pg_catalog.pg_largeobject_metadata AS m
        LEFT JOIN pg_catalog.pg_description AS d
            ON d.classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass AND d.objoid = m.oid AND d.objsubid = 0
        ORDER BY m.oid
        """;

    private const string Grants =
        """
        SELECT DISTINCT m.lomacl::pg_catalog.text, coalesce(r.rolname::pg_catalog.text, ''), g.privilege_type, g.is_grantable
        FROM pg_catalog.pg_largeobject_metadata AS m
        CROSS JOIN LATERAL pg_catalog.aclexplode(m.lomacl) AS g
        LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = g.grantee
        WHERE m.lomacl IS NOT NULL AND (g.grantee = 0 OR r.oid IS NOT NULL)
        ORDER BY 1, 2, 3
        """;

    internal async Task<List<PlacedObject>> ReadAsync(SchemaAssembly schema, CancellationToken cancellationToken)
    {
        IReadOnlyList<LargeObject> found = await session.QueryAsync(
            All,
            row => new LargeObject(row.GetFieldValue<uint>(0), row.GetString(1), Text(row, 2), Text(row, 3)),
            cancellationToken);
        IReadOnlyList<(string Acl, Grant Grant)> grants = found.Any(item => item.Acl is not null)
            ? await session.QueryAsync(
                Grants, row => (row.GetString(0), new Grant(row.GetString(1), row.GetString(2), row.GetBoolean(3))), cancellationToken)
            : [];
        ILookup<string, Grant> grantsByAcl = grants.ToLookup(item => item.Acl, item => item.Grant, StringComparer.Ordinal);
        var objects = new List<PlacedObject>();
        foreach (IGrouping<(string, string?), LargeObject> alike in found.GroupBy(item => (item.Owner, item.Acl)))
        {
            foreach (LargeObject[] part in alike.Chunk(MostInOneObject))
            {
                objects.AddRange(Describe(part, part[0].Acl is { } acl ? grantsByAcl[acl] : [], schema));
            }
        }

        return objects;
    }

    private static string? Text(Npgsql.NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static IEnumerable<PlacedObject> Describe(LargeObject[] items, IEnumerable<Grant> grants, SchemaAssembly schema)
    {
        string numbers = string.Join(',', items.Select(item => item.Oid.ToString(CultureInfo.InvariantCulture)));
        string name = items.Length == 1 ? numbers : string.Create(CultureInfo.InvariantCulture, $"{items[0].Oid}-{items[^1].Oid}");
        SchemaObject definition = New(schema, ObjectKind.LargeObject, name, items[0].Owner) with
        {
            Definition = $"SELECT pg_catalog.lo_create(number) FROM pg_catalog.unnest('{{{numbers}}}'::pg_catalog.oid[]) AS number;",
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { [ObjectOption.LargeObjects] = numbers },
        };
        yield return new PlacedObject(definition, SchemaPass.Main);
        foreach (LargeObject item in items.Where(item => item.Comment is not null))
        {
            yield return new PlacedObject(
                New(schema, ObjectKind.Comment, $"LARGE OBJECT {item.Oid}", item.Owner) with
                {
                    Definition = string.Create(
                        CultureInfo.InvariantCulture, $"COMMENT ON LARGE OBJECT {item.Oid} IS {SqlName.Text(item.Comment!)};"),
                    DependsOn = [definition.Id],
                },
                SchemaPass.Main);
        }

        string statements = GrantStatements.Of(grants, $"LARGE OBJECT {numbers}", items[0].Owner, ["SELECT", "UPDATE"]);
        if (statements.Length > 0)
        {
            yield return new PlacedObject(
                New(schema, ObjectKind.Acl, $"LARGE OBJECT {name}", items[0].Owner) with
                {
                    Phase = SchemaPhase.PostData,
                    Definition = statements,
                    DependsOn = [definition.Id],
                },
                SchemaPass.Privileges);
        }
    }

    private static SchemaObject New(SchemaAssembly schema, string kind, string name, string owner) => new()
    {
        Id = schema.NextId(),
        Kind = kind,
        Name = name,
        Table = Table,
        Phase = SchemaPhase.PreData,
        Definition = "",
        Owner = owner,
    };

    private sealed record LargeObject(uint Oid, string Owner, string? Acl, string? Comment);
}
