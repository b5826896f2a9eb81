using Npgsql;

namespace DataResilience.Testing.Servers;

/// <summary>A database on a real server; it is dropped when disposed, whoever is still connected.</summary>
public sealed class TestDatabase(PostgreSqlServer server, string name) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public PostgreSqlServer Server { get; } = server;

    public string Name { get; } = name;

    /// <summary>Where it is, as the superuser.</summary>
    public DatabaseEndpoint Endpoint => Server.Endpoint(Name);

    public string ConnectionString => Server.Settings(Name).ConnectionString;

    /// <summary>A connection of the superuser that the caller disposes.</summary>
    public Task<NpgsqlConnection> OpenConnectionAsync() => Server.OpenConnectionAsync(Name);

    /// <summary>Runs statements on a connection of their own.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using NpgsqlConnection connection = await OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>The first value that a query gives; null where it is NULL and T may be.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using NpgsqlConnection connection = await OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        object? value = await command.ExecuteScalarAsync(Token);
        return value is null or DBNull ? default! : (T)value;
    }

    /// <summary>Runs a script as psql does, from a file of its own.</summary>
    public async Task RunScriptAsync(string script)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, Token);
            await new PostgreSqlClient(Server.Binaries).RunAsync(
                "psql",
                ["--no-psqlrc", "--quiet", "--no-password", "--set", "ON_ERROR_STOP=1", "--dbname", Endpoint.ToString(), "--file", file],
                Token);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>What pg_dump --schema-only says; the same for the same schema.</summary>
    /// <param name="binaries">The folder with pg_dump, of this server's version or a newer one; null for that of this server's version.</param>
    public Task<string> PgDumpSchemaAsync(string? binaries = null) =>
        new PostgreSqlClient(binaries ?? Server.Binaries).DumpSchemaAsync(Endpoint, Token);

    public async ValueTask DisposeAsync()
    {
        // Not with the test's token: a cancelled test cleans up too.
        try
        {
            await DropAsync();
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            await DropSubscriptionsAsync();
            await DropAsync();
        }
    }

    private Task DropAsync() => RunAsync("postgres", $"DROP DATABASE IF EXISTS {PostgreSqlServer.Quote(Name)} WITH (FORCE)");

    /// <summary>A database with a subscription is in use, whoever is connected; a subscription to nowhere has no slot to drop.</summary>
    private Task DropSubscriptionsAsync() => RunAsync(
        Name,
        """
        DO $do$
        DECLARE
            subscription text;
        BEGIN
            FOR subscription IN
                SELECT subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            LOOP
                EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', subscription);
                EXECUTE format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', subscription);
                EXECUTE format('DROP SUBSCRIPTION %I', subscription);
            END LOOP;
        END
        $do$
        """);

    private async Task RunAsync(string place, string sql)
    {
        await using var connection = new NpgsqlConnection(Server.Settings(place).ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
