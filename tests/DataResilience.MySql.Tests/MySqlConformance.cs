using DataResilience.MySql.Tests.Restore;
using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

public abstract class MySqlConformance(MySqlServer server) : DatabaseProviderConformance
{
    protected override ConformanceScene CreateScene() => new ServerScene(server.Require());

    private sealed class ServerScene(MySqlServer server) : ConformanceScene
    {
        private readonly List<MySqlTestDatabase> databases = [];

        public override IDatabaseProvider Provider { get; } = new MySqlProvider();

        public override string Qualified(string table) => table;

        public override string Quote(string name) => MySqlServer.Quote(name);

        public override async Task<DatabaseEndpoint> MakeDatabaseAsync(params IReadOnlyList<string> script)
        {
            MySqlTestDatabase database = await server.CreateDatabaseAsync("conformance", "CHARACTER SET utf8mb4");
            databases.Add(database);
            foreach (string statement in script)
            {
                // TEXT is 64 KB here, and not without limit.
                await database.ExecuteAsync(statement.Replace(" text)", " longtext)", StringComparison.Ordinal));
            }

            return Targets.Of(database);
        }

        public override DatabaseEndpoint NewTarget()
        {
            databases.Add(server.NameDatabase("conformance"));
            return Targets.Of(databases[^1]);
        }

        public override Task ExecuteAsync(DatabaseEndpoint database, string sql) => At(database).ExecuteAsync(sql);

        public override Task<long> AskAsync(DatabaseEndpoint database, string sql) => At(database).ScalarAsync<long>($"SELECT CAST(({sql}) AS SIGNED)");

        // Other tests make databases at the same time: what a restore leaves is told by the name it was for, which its marker has.
        public override async Task<IReadOnlyList<string>> ListEverythingAsync()
        {
            var found = new List<string>();
            foreach (MySqlTestDatabase database in databases)
            {
                found.AddRange(await Traces.OfAsync(database));
            }

            return [.. found.Order(StringComparer.Ordinal)];
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (MySqlTestDatabase database in databases)
            {
                await database.DisposeAsync();
            }
        }

        private MySqlTestDatabase At(DatabaseEndpoint database) => databases.Single(item => item.Name == database.Database);
    }
}
