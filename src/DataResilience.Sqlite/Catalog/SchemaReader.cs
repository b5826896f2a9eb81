using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Reads the schema of a database through an open read transaction.</summary>
internal sealed class SchemaReader
{
    private readonly SqliteSession session;
    private readonly List<SchemaEntry> entries;
    private readonly Dictionary<string, TableTraits> traits;
    private readonly HashSet<string> modules;

    private SchemaReader(SqliteSession session)
    {
        this.session = session;
        entries = ReadEntries(session);
        traits = TableTraits.ReadAll(session);
        modules = ReadModules(session);
    }

    /// <summary>Reads everything.</summary>
    internal static DatabaseSchema Read(SqliteSession session, string? journalMode)
    {
        var reader = new SchemaReader(session);
        return new DatabaseSchema
        {
            Properties = DatabaseProperties.Read(session, journalMode),
            Tables = reader.ReadTables(),
            Objects = reader.ReadObjects(),
        };
    }

    internal static List<SchemaEntry> ReadEntries(SqliteSession session)
    {
        using SqliteStatement statement = session.Prepare(
            "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
        var found = new List<SchemaEntry>();
        while (statement.Step())
        {
            found.Add(new SchemaEntry(
                found.Count + 1, statement.Text(0), statement.Text(1), statement.Text(2), statement.Text(3)));
        }

        return found;
    }

    internal static HashSet<string> ReadModules(SqliteSession session)
    {
        using SqliteStatement statement = session.Prepare("SELECT name FROM pragma_module_list");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (statement.Step())
        {
            names.Add(statement.Text(0));
        }

        return names;
    }

    private List<TableSchema> ReadTables()
    {
        using var reader = new TableReader(session, traits);
        // The last one: loading rows of an AUTOINCREMENT table changes it.
        return [.. entries
            .Where(entry => entry.IsTable && !entry.IsVirtual)
            .OrderBy(entry => entry.Name == SequenceTable.Name)
            .Select(entry => reader.Read(entry.Name))];
    }

    private List<SchemaObject> ReadObjects()
    {
        Dictionary<string, string> owners = FindOwners();
        var tableIds = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (SchemaEntry entry in entries.Where(entry => entry.Type is "table" or "view"))
        {
            tableIds.TryAdd(entry.Name, entry.Id);
        }

        var shadows = owners.ToLookup(pair => pair.Value, pair => tableIds[pair.Key], StringComparer.OrdinalIgnoreCase);
        // Triggers last: one on a view needs the view, and none may see what is created after it.
        return [.. entries
            .Select(entry => Describe(entry, owners, tableIds, shadows))
            .OrderBy(item => item.Phase)
            .ThenBy(item => item.Kind == "trigger")
            .ThenBy(item => item.Id)];
    }

    private static SchemaObject Describe(
        SchemaEntry entry, Dictionary<string, string> owners, Dictionary<string, int> tableIds, ILookup<string, int> shadows)
    {
        return new SchemaObject
        {
            Id = entry.Id,
            Kind = entry.Type,
            Name = entry.Name,
            Table = entry.Type == "view" ? null : owners.GetValueOrDefault(entry.Table, entry.Table),
            Phase = entry.IsTable && !entry.IsVirtual ? SchemaPhase.PreData : SchemaPhase.PostData,
            Definition = entry.Sql,
            DependsOn = FindDependencies(entry, tableIds, shadows),
        };
    }

    private static int[] FindDependencies(SchemaEntry entry, Dictionary<string, int> tableIds, ILookup<string, int> shadows)
    {
        if (entry.IsVirtual)
        {
            return [.. shadows[entry.Name].Order()];
        }

        bool belongsToTable = entry.Type is "index" or "trigger";
        return belongsToTable && tableIds.TryGetValue(entry.Table, out int table) ? [table] : [];
    }

    private Dictionary<string, string> FindOwners()
    {
        List<SchemaEntry> virtualTables = [.. entries.Where(entry => entry.IsVirtual)];
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (virtualTables.Count == 0)
        {
            return owners;
        }

        foreach (SchemaEntry entry in entries.Where(entry => entry.IsTable && !entry.IsVirtual))
        {
            bool isShadow = traits.GetValueOrDefault(entry.Name)?.IsShadow ?? false;
            string? owner = VirtualTable.OwnerOf(
                entry.Name, isShadow, virtualTables, item => modules.Contains(VirtualTable.ModuleOf(item.Sql, item.Name)));
            if (owner is not null)
            {
                owners.Add(entry.Name, owner);
            }
        }

        return owners;
    }
}
