namespace DataResilience.MySql;

/// <summary>What the definitions of a database were at some time, so that a change of them is found.</summary>
internal sealed class DefinitionPrint
{
    // Each gives the name of an object, in words for the user, and what is different when it has changed.
    private const string Query =
        """
        SELECT CONCAT('the table ''', TABLE_NAME, ''''), CONCAT_WS('|', TABLE_TYPE, ENGINE, CREATE_TIME, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT)
        FROM information_schema.TABLES WHERE TABLE_SCHEMA = @db
        """;

    private readonly Dictionary<string, string> objects;

    private DefinitionPrint(Dictionary<string, string> objects) => this.objects = objects;

    /// <summary>Reads them.</summary>
    internal static async Task<DefinitionPrint> ReadAsync(ServerSession session, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string query = Query.Replace("@db", SqlText.Value(session.Address.Database), StringComparison.Ordinal);
        foreach ((string name, string print) in await session.QueryAsync(query, row => (row.GetString(0), row.GetString(1)), cancellationToken))
        {
            found[name] = print;
        }

        return new DefinitionPrint(found);
    }

    /// <summary>Finds what is different, a clause for the user; null if nothing is.</summary>
    internal string? FindChange(DefinitionPrint later) => Find(objects, later.objects);

    private static string? Find(Dictionary<string, string> before, Dictionary<string, string> after)
    {
        foreach ((string name, string print) in before)
        {
            if (!after.TryGetValue(name, out string? now))
            {
                return $"{name} was dropped or renamed";
            }

            if (now != print)
            {
                return $"{name} was changed";
            }
        }

        return after.Keys.FirstOrDefault(name => !before.ContainsKey(name)) is { } made ? $"{made} was made" : null;
    }
}
