using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>What a live database has under the names that are restored.</summary>
internal sealed class PresentObjects(SqliteSession session, string path, TargetOptions options)
{
    /// <summary>Makes the chosen tables ready: gone, or there and alike, or empty, as the options say.</summary>
    internal void MakeRoom()
    {
        Dictionary<string, TableTraits> traits = TableTraits.ReadAll(session);
        if (!options.IncludesSchema)
        {
            using var reader = new TableReader(session, traits);
            foreach (TableSchema table in options.Tables)
            {
                RequireAlike(table, traits, reader);
                EmptyIfReplaced(table);
            }

            return;
        }

        List<TableSchema> found = [.. options.Tables.Where(table => traits.ContainsKey(table.Name))];
        if (found.Count > 0 && !options.Replace)
        {
            throw Errors.TargetTableExists.Create(path, found[0].Name);
        }

        RemoveVirtualOwners(found);
        foreach (TableSchema table in found)
        {
            Drop(table.Name);
        }
    }

    /// <summary>Removes an index, a view, a trigger or a virtual table of the same name, if it may be replaced.</summary>
    internal void MakeRoomFor(SchemaObject item)
    {
        bool isOrdinaryTable = item.Kind == "table" && !VirtualTable.IsDefinition(item.Definition);
        if (isOrdinaryTable || !SchemaWriter.Exists(session, item.Kind, item.Name))
        {
            return;
        }

        if (!options.Replace)
        {
            throw Errors.TargetTableExists.Create(path, item.Name);
        }

        if (item.Kind == "table")
        {
            RemoveFromSchema([item.Name]);
        }
        else
        {
            session.Execute($"DROP {item.Kind} {SqliteName.Table(item.Name)}");
        }
    }

    private void RequireAlike(TableSchema table, Dictionary<string, TableTraits> traits, TableReader reader)
    {
        if (!traits.ContainsKey(table.Name))
        {
            throw Errors.TargetTableMissing.Create(path, table.Name);
        }

        TableSchema there = reader.Read(table.Name);
        bool isAlike = there.Columns.Count == table.Columns.Count
            && there.Columns.Zip(table.Columns).All(pair =>
                SqliteName.Same(pair.First.Name, pair.Second.Name)
                && pair.First.Type.Equals(pair.Second.Type, StringComparison.OrdinalIgnoreCase));
        if (!isAlike)
        {
            throw Errors.TargetTableMissing.Create(path, table.Name);
        }
    }

    private void EmptyIfReplaced(TableSchema table)
    {
        if (options.Replace && !SqliteName.Same(table.Name, SequenceTable.Name))
        {
            session.Execute($"DELETE FROM {SqliteName.Table(table.Name)}");
        }
    }

    // A view may have the name of the table; tables of SQLite itself stay and are emptied.
    private void Drop(string name)
    {
        if (SchemaWriter.Exists(session, "view", name))
        {
            throw Errors.TargetTableExists.Create(path, name);
        }

        if (!name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
        {
            session.Execute($"DROP TABLE {SqliteName.Table(name)}");
        }
        else if (!SqliteName.Same(name, SequenceTable.Name))
        {
            session.Execute($"DELETE FROM {SqliteName.Table(name)}");
        }
    }

    // A virtual table whose shadows are replaced goes with them; its module need not be here for that.
    private void RemoveVirtualOwners(List<TableSchema> found)
    {
        List<SchemaEntry> virtualTables = [.. SchemaReader.ReadEntries(session).Where(entry => entry.IsVirtual)];
        if (virtualTables.Count == 0)
        {
            return;
        }

        HashSet<string> modules = SchemaReader.ReadModules(session);
        Dictionary<string, TableTraits> traits = TableTraits.ReadAll(session);
        RemoveFromSchema([.. found
            .Select(table => VirtualTable.OwnerOf(
                table.Name,
                traits[table.Name].IsShadow,
                virtualTables,
                entry => modules.Contains(VirtualTable.ModuleOf(entry.Sql, entry.Name))))
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private void RemoveFromSchema(List<string> virtualTables)
    {
        if (virtualTables.Count == 0)
        {
            return;
        }

        session.Execute("PRAGMA writable_schema = ON");
        using (SqliteStatement remove = session.Prepare(
            "DELETE FROM main.sqlite_schema WHERE type = 'table' AND rootpage = 0 AND name = ?1 COLLATE NOCASE"))
        {
            foreach (string name in virtualTables)
            {
                remove.Bind(1, name).Run();
            }
        }

        SchemaWriter.ReloadSchema(session);
    }
}
