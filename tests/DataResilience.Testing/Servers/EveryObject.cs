namespace DataResilience.Testing.Servers;

/// <summary>A database with one of every kind of object that pg_dump knows; its scripts are in Servers/Data.</summary>
public static class EveryObject
{
    /// <summary>The roles that own something in it or have rights on it.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["dr \"odd\" role", "dr_group", "dr_owner", "dr_reader", "dr_writer"];

    /// <summary>Makes one, with the objects that the server's version has.</summary>
    /// <param name="server">Where.</param>
    /// <param name="withExtensionTables">Whether an extension has tables of its own, which a restored database would not have by itself.</param>
    public static async Task<TestDatabase> CreateAsync(PostgreSqlServer server, bool withExtensionTables = false)
    {
        TestDatabase database = await server.CreateDatabaseAsync("every object");
        try
        {
            await RunAsync(database, "EveryObject.Cluster.sql");
            await RunAsync(database, "EveryObject.sql");
            int major = await server.VersionAsync() / 10000;
            foreach (int version in new[] { 14, 15, 17, 18 }.Where(version => version <= major))
            {
                await RunAsync(database, $"EveryObject.Since{version}.sql");
            }

            if (withExtensionTables)
            {
                await RunAsync(database, "EveryObject.Extension.sql");
            }

            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a subscription that never connects.</summary>
    public static Task AddSubscriptionAsync(TestDatabase database) => RunAsync(database, "EveryObject.Subscription.sql");

    private static Task<string> RunAsync(TestDatabase database, string script) =>
        new PostgreSqlClient(database.Server.Binaries).RunAsync(
            "psql",
            ["--no-psqlrc", "--quiet", "--no-password", "--dbname", database.Endpoint.ToString(),
                "--file", Path.Combine(AppContext.BaseDirectory, "Servers", "Data", script)],
            TestContext.Current.CancellationToken);
}
