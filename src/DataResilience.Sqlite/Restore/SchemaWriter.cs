using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Creates schema objects as they stood in the source's sqlite_schema.</summary>
internal sealed class SchemaWriter(SqliteSession session, bool includesRows)
{
    private readonly HashSet<string> modules = SchemaReader.ReadModules(session);
    private readonly Dictionary<int, string> tables = [];

    internal void Create(SchemaObject item)
    {
        if (item.Kind == "table" && VirtualTable.IsDefinition(item.Definition))
        {
            CreateVirtual(item);
        }
        else if (item.Kind == "table" && item.Name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
        {
            CreateInternal(item);
        }
        else
        {
            session.Execute(item.Definition);
        }

        tables[item.Id] = item.Name;
        session.StandIns.RequireUnused(item.Name);
    }

    internal static bool Exists(SqliteSession session, string type, string name)
    {
        using SqliteStatement statement = session.Prepare(
            "SELECT 1 FROM main.sqlite_schema WHERE type = ?1 AND name = ?2 COLLATE NOCASE");
        return statement.Bind(1, type).Bind(2, name).Step();
    }

    // Tables of SQLite itself (sqlite_sequence, sqlite_stat1 …) appear with what they are for; by name they are only made like this.
    private void CreateInternal(SchemaObject item)
    {
        if (!Exists(session, "table", item.Name))
        {
            session.Execute("PRAGMA writable_schema = ON");
            session.Execute(item.Definition);
            session.Execute("PRAGMA writable_schema = OFF");
        }
    }

    /// <summary>
    /// With its rows restored in its shadow tables a virtual table only has to be known: its module, which may not be there, has no
    /// part in it. Without rows the module makes shadow tables that it can begin with.
    /// </summary>
    private void CreateVirtual(SchemaObject item)
    {
        if (!includesRows && modules.Contains(VirtualTable.ModuleOf(item.Definition, item.Name)))
        {
            foreach (int shadow in item.DependsOn.Where(tables.ContainsKey))
            {
                session.Execute($"DROP TABLE {SqliteName.Table(tables[shadow])}");
            }

            session.Execute(item.Definition);
            return;
        }

        session.Execute("PRAGMA writable_schema = ON");
        using (SqliteStatement insert = session.Prepare(
            "INSERT INTO main.sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES('table', ?1, ?1, 0, ?2)"))
        {
            insert.Bind(1, item.Name).Bind(2, item.Definition).Run();
        }

        ReloadSchema(session);
    }

    /// <summary>Lets this and every other connection read sqlite_schema again.</summary>
    internal static void ReloadSchema(SqliteSession session)
    {
        session.Execute("PRAGMA writable_schema = RESET");
        session.Execute($"PRAGMA main.schema_version = {session.QueryInt64("PRAGMA main.schema_version") + 1}");
    }
}
