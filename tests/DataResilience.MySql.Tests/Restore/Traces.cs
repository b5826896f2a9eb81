using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.MySql.Tests.Restore;

/// <summary>What restores leave at a server.</summary>
internal static class Traces
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The databases that have a name, or are marked by a restore that was for it.</summary>
    internal static async Task<IReadOnlyList<string>> OfAsync(MySqlTestDatabase database)
    {
        await using MySqlConnection connection = await database.Server.OpenConnectionAsync();
        var found = new List<string>();
        found.AddRange(await ListAsync(connection, $"SELECT CAST(schema_name AS CHAR) FROM information_schema.schemata WHERE schema_name = '{database.Name}'"));
        string marked = "SELECT CAST(table_schema AS CHAR) FROM information_schema.tables WHERE table_name = 'dataresilience_restore'";
        foreach (string other in await ListAsync(connection, marked))
        {
            found.AddRange(await ReadMarkAsync(connection, other, database.Name));
        }

        return found;
    }

    /// <summary>Another test may remove its own meanwhile.</summary>
    private static async Task<IReadOnlyList<string>> ReadMarkAsync(MySqlConnection connection, string place, string target)
    {
        try
        {
            return await ListAsync(connection, $"SELECT CONCAT('{place} ', state) FROM {MySqlServer.Quote(place)}.dataresilience_restore WHERE target = '{target}'");
        }
        catch (MySqlException failure) when (failure.ErrorCode is MySqlErrorCode.NoSuchTable or MySqlErrorCode.UnknownDatabase)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<string>> ListAsync(MySqlConnection connection, string query)
    {
        await using var command = new MySqlCommand(query, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
