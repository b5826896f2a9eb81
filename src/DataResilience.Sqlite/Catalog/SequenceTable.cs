namespace DataResilience.Sqlite;

/// <summary>sqlite_sequence: the largest rowid that each AUTOINCREMENT table ever had.</summary>
internal static class SequenceTable
{
    internal const string Name = "sqlite_sequence";

    /// <summary>What it holds, by table; empty where there is none.</summary>
    internal static Dictionary<string, string> Read(SqliteSession session, Dictionary<string, TableTraits> traits)
    {
        var sequences = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!traits.ContainsKey(Name))
        {
            return sequences;
        }

        using SqliteStatement statement = session.Prepare(
            "SELECT name, seq FROM main.sqlite_sequence WHERE typeof(name) = 'text' AND typeof(seq) = 'integer'");
        while (statement.Step())
        {
            sequences.TryAdd(statement.Text(0), statement.Text(1));
        }

        return sequences;
    }
}
