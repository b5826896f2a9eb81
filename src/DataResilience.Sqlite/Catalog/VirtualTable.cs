namespace DataResilience.Sqlite;

/// <summary>Which tables belong to a virtual table.</summary>
internal static class VirtualTable
{
    // SQLite writes the beginning of every definition itself, so it always reads like this.
    private const string Beginning = "CREATE VIRTUAL TABLE ";

    internal static bool IsDefinition(string sql) => sql.StartsWith(Beginning, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The virtual table that an ordinary table belongs to. SQLite calls a table a shadow only where the module is there and knows
    /// its own suffixes; of a module that is missing every table with the virtual table's name and an underscore in front is
    /// taken, because a virtual table without all of its shadows is lost.
    /// </summary>
    internal static string? OwnerOf(string table, bool isShadow, IEnumerable<SchemaEntry> virtualTables, Func<SchemaEntry, bool> hasModule) =>
        virtualTables
            .Where(owner => table.StartsWith(owner.Name + "_", StringComparison.OrdinalIgnoreCase))
            .Where(owner => isShadow || !hasModule(owner))
            .OrderByDescending(owner => owner.Name.Length)
            .Select(owner => owner.Name)
            .FirstOrDefault();

    /// <summary>The module's name: the word after USING, quoted or not.</summary>
    internal static string ModuleOf(string sql, string name)
    {
        int at = sql.IndexOf("using", Math.Min(sql.Length, Beginning.Length + name.Length), StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return "";
        }

        string rest = sql[(at + "using".Length)..].TrimStart();
        int end = rest.IndexOfAny(['(', ' ', '\t', '\r', '\n', ';']);
        return (end < 0 ? rest : rest[..end]).Trim('"', '\'', '[', ']', '`');
    }
}
