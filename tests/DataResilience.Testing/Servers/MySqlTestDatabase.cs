using MySqlConnector;

namespace DataResilience.Testing.Servers;

/// <summary>A database on a real MariaDB or MySQL server; it is dropped when disposed, whoever is still connected.</summary>
public sealed class MySqlTestDatabase(MySqlServer server, string name) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public MySqlServer Server { get; } = server;

    public string Name { get; } = name;

    /// <summary>Where it is, as dradmin.</summary>
    public DatabaseEndpoint Endpoint => Server.Endpoint(Name);

    /// <summary>The same with the password.</summary>
    public DatabaseEndpoint Login => Server.Login(Name);

    public string ConnectionString => Server.Settings(Name).ConnectionString;

    /// <summary>A connection of dradmin that the caller disposes.</summary>
    public Task<MySqlConnection> OpenConnectionAsync() => Server.OpenConnectionAsync(Name);

    /// <summary>Runs statements on a connection of their own.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using MySqlConnection connection = await OpenConnectionAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>The first value that a query gives; null where it is NULL and T may be.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using MySqlConnection connection = await OpenConnectionAsync();
        await using var command = new MySqlCommand(sql, connection);
        object? value = await command.ExecuteScalarAsync(Token);
        return value is null or DBNull ? default! : (T)value;
    }

    /// <summary>Runs a script as the server's own client program does, with its delimiters.</summary>
    public Task RunScriptAsync(string script) => new MySqlClient(Server).RunScriptAsync(Name, script, Token);

    /// <summary>What the server's own dump program says of the schema; the same for the same schema.</summary>
    public Task<string> DumpSchemaAsync() => new MySqlClient(Server).DumpSchemaAsync(Name, Token);

    public async ValueTask DisposeAsync()
    {
        // Not with the test's token: a cancelled test cleans up too.
        await using var connection = new MySqlConnection(Server.Settings("").ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        foreach (ulong guest in await GuestsAsync(connection))
        {
            await KillAsync(connection, guest);
        }

        // By itself it waits for a day, or a year, for somebody who holds a lock from another database.
        await RunAsync(connection, $"SET SESSION lock_wait_timeout = 30; DROP DATABASE IF EXISTS {MySqlServer.Quote(Name)}");
    }

    private async Task<IReadOnlyList<ulong>> GuestsAsync(MySqlConnection connection)
    {
        // MySQL's list of processes cannot be read while somebody runs a statement with a character of four bytes.
        string list = Server.Engine == DatabaseEngine.MariaDb
            ? "SELECT CAST(id AS UNSIGNED) FROM information_schema.processlist WHERE db = @name"
            : "SELECT processlist_id FROM performance_schema.threads WHERE processlist_db = @name";
        await using var command = new MySqlCommand(list, connection);
        command.Parameters.AddWithValue("@name", Name);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(CancellationToken.None);
        var guests = new List<ulong>();
        while (await reader.ReadAsync(CancellationToken.None))
        {
            guests.Add(reader.GetUInt64(0));
        }

        return guests;
    }

    private static async Task KillAsync(MySqlConnection connection, ulong guest)
    {
        try
        {
            await RunAsync(connection, $"KILL {guest}");
        }
        catch (MySqlException failure) when (failure.ErrorCode == MySqlErrorCode.NoSuchThread)
        {
            return; // it left by itself
        }
    }

    private static async Task RunAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
