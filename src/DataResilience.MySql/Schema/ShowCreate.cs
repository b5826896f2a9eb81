using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Asks for definitions, many at once: a round trip each would take longer than the answers.</summary>
internal static class ShowCreate
{
    // What one statement may be is limited by max_allowed_packet, at least 1 KB; this stays below the usual 16 MB by far.
    private const int AtOnce = 100;

    /// <summary>Asks for each of some names and reads the row that answers.</summary>
    /// <param name="session">Where.</param>
    /// <param name="what">What stands behind SHOW CREATE.</param>
    /// <param name="names">The names.</param>
    /// <param name="read">Reads one row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was read, in the order of the names.</returns>
    internal static async Task<IReadOnlyList<T>> ReadAsync<T>(
        ServerSession session, string what, IReadOnlyList<string> names, Func<MySqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var answers = new List<T>(names.Count);
        foreach (string[] some in names.Chunk(AtOnce))
        {
            string sql = string.Join(";", some.Select(name => $"SHOW CREATE {what} {SqlText.Name(name)}"));
            await session.GuardAsync(() => ReadAsync(session, sql, answers, read, cancellationToken), cancellationToken);
        }

        return answers;
    }

    /// <summary>A column by its name in any case, as text; null where it is NULL or not there.</summary>
    internal static string? Text(this MySqlDataReader row, string column)
    {
        for (int i = 0; i < row.FieldCount; i++)
        {
            if (string.Equals(row.GetName(i), column, StringComparison.OrdinalIgnoreCase))
            {
                return row.Text(i);
            }
        }

        return null;
    }

    /// <summary>A column as text; null where it is NULL.</summary>
    internal static string? Text(this MySqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static async Task ReadAsync<T>(
        ServerSession session, string sql, List<T> answers, Func<MySqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, session.Connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                answers.Add(read(reader));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));
    }
}
