using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// Reads the schema of a database in one snapshot: what pg_dump says, and by queries of our own what it leaves out of a schema
/// without rows.
/// </summary>
/// <param name="session">Stands in the REPEATABLE READ transaction that exported the snapshot.</param>
/// <param name="options">Which snapshot, and what to read.</param>
/// <param name="host">Where pg_dump runs; null means this host.</param>
internal sealed class SchemaReader(ServerSession session, SchemaReading options, ClientHost? host = null)
{
    internal async Task<DatabaseSchema> ReadAsync(CancellationToken cancellationToken)
    {
        RelationCatalog catalog = await RelationCatalog.ReadAsync(session, cancellationToken);
        HiddenRelations hidden = await HiddenRelations.FindAsync(session, catalog, options.Hidden, cancellationToken);
        (ArchiveContents contents, IReadOnlyList<string> toolWarnings) =
            await new SchemaDump(host ?? ClientHost.Local).ReadAsync(session, options, hidden.Names, cancellationToken);
        var schema = new SchemaAssembly(ArchiveObjects.Of(contents, catalog));
        IReadOnlyList<TableSchema> tables = await TableCatalog.ReadAsync(session, cancellationToken);

        await hidden.AddAsync(schema, contents, cancellationToken);
        schema.Add(await new LargeObjectCatalog(session).ReadAsync(schema, cancellationToken));
        schema.Add(await new SequenceValues(session, catalog, options).ReadAsync(schema, cancellationToken));
        schema.Add(await new ViewRefreshes(session, catalog).ReadAsync(schema, cancellationToken));
        Dictionary<string, string> properties = await DatabaseProperties.ReadAsync(session, cancellationToken);
        await new RoleProperties(session, options.IncludeRoles).AddAsync(properties, schema.Owners, cancellationToken);
        return new DatabaseSchema
        {
            Properties = properties,
            Tables = tables,
            Objects = schema.InOrder(),
            Warnings = [.. toolWarnings, .. WarningsOf(catalog, tables)],
        };
    }

    private static IEnumerable<string> WarningsOf(RelationCatalog catalog, IReadOnlyList<TableSchema> tables)
    {
        foreach (Relation relation in catalog.All.Where(relation => relation.Kind == 'f').OrderBy(relation => relation.QualifiedName, StringComparer.Ordinal))
        {
            yield return $"The rows of the foreign table '{relation.QualifiedName}' are on another server and are left out.";
        }

        foreach (TableSchema table in tables.Where(table => table.Options.ContainsKey(TableOption.Unreadable)))
        {
            yield return $"The rows of the unlogged table '{table.QualifiedName}' are left out: a standby does not have them.";
        }
    }
}
