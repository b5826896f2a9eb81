using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Reads the schema of a database: what SHOW CREATE says of each object, taken apart so that rows can be loaded in between.</summary>
internal sealed class SchemaReader(ServerSession session, SnapshotOptions options)
{
    /// <summary>Reads it; definitions are as they are now, so that whoever calls must know that none changes.</summary>
    internal async Task<DatabaseSchema> ReadAsync(CancellationToken cancellationToken)
    {
        // As the server spells it, which differs from the endpoint where names are folded.
        string database = await session.ScalarAsync("SELECT DATABASE()", cancellationToken) ?? session.Address.Database;
        if (session.Version.IsMySqlSince(8, 0, 30))
        {
            await session.ExecuteAsync("SET SESSION show_gipk_in_create_table_and_information_schema = ON", cancellationToken);
        }

        Dictionary<string, string> properties = await DatabaseProperty.ReadAsync(session, database, cancellationToken);
        TableCatalog catalog = await TableCatalog.ReadAsync(session, database, cancellationToken);
        var schema = new SchemaAssembly(areNamesCaseSensitive: properties[DatabaseProperty.LowerCaseTableNames] == "0");
        var sequences = new Sequences(session, catalog, schema);
        var tables = new TableObjects(session, database, options, catalog, schema);
        var programs = new StoredPrograms(session, database, schema);

        await sequences.AddAsync(cancellationToken);
        await tables.AddTablesAsync(cancellationToken);
        tables.AddLate();
        await sequences.AddValuesAsync(cancellationToken);
        await programs.AddRoutinesAsync(cancellationToken);
        await new Views(session, database, catalog, schema).AddAsync(cancellationToken);
        await programs.AddTriggersAsync(cancellationToken);
        await programs.AddEventsAsync(cancellationToken);
        return new DatabaseSchema { Properties = properties, Tables = tables.Tables, Objects = schema.Objects, Warnings = schema.Warnings };
    }
}
