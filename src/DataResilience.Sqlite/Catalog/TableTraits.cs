namespace DataResilience.Sqlite;

/// <summary>What pragma_table_list says of a table.</summary>
internal sealed record TableTraits(bool IsShadow, bool IsWithoutRowId)
{
    /// <summary>All tables of the main database, by name.</summary>
    internal static Dictionary<string, TableTraits> ReadAll(SqliteSession session)
    {
        using SqliteStatement statement = session.Prepare("SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main'");
        var traits = new Dictionary<string, TableTraits>(StringComparer.OrdinalIgnoreCase);
        while (statement.Step())
        {
            traits[statement.Text(0)] = new TableTraits(statement.Text(1) == "shadow", statement.Int64(2) != 0);
        }

        return traits;
    }
}
