namespace DataResilience.Testing.Servers;

/// <summary>
/// A database of MySQL or MariaDB with every type of column, its extreme values among the rows, and one of every kind of object;
/// its scripts are in Servers/Data.
/// </summary>
public static class MySqlEveryObject
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes one, with what the server's version has.</summary>
    public static async Task<MySqlTestDatabase> CreateAsync(MySqlServer server)
    {
        MySqlTestDatabase database = await server.CreateDatabaseAsync("every `object", "CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        try
        {
            foreach (string script in await ScriptsAsync(server))
            {
                await RunAsync(database, script);
            }

            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a blob of 32 MB, or nearly what the server takes in one packet: 16 MB is MariaDB's usual limit.</summary>
    public static Task AddLargeValueAsync(MySqlTestDatabase database) => database.ExecuteAsync(
        "INSERT INTO bytes (id, l) SELECT 1000, REPEAT(x, LEAST(33554432, @@max_allowed_packet - 1048576) DIV 256) FROM bytes WHERE id = 5");

    private static async Task<string[]> ScriptsAsync(MySqlServer server)
    {
        int major = (await server.VersionAsync()).Major;
        return server.Engine == DatabaseEngine.MariaDb
            ? ["MySqlEveryObject.sql", "MySqlEveryObject.MariaDb.sql", .. major >= 11 ? new[] { "MySqlEveryObject.MariaDb11.sql" } : []]
            : ["MySqlEveryObject.sql", "MySqlEveryObject.MySql.sql", .. major >= 9 ? new[] { "MySqlEveryObject.MySql9.sql" } : []];
    }

    private static async Task RunAsync(MySqlTestDatabase database, string script) =>
        await database.RunScriptAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Servers", "Data", script), Token));
}
