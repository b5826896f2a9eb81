using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests;

public abstract class PostgreSqlConformance(PostgreSqlServer server) : DatabaseProviderConformance
{
    protected override ConformanceScene CreateScene() => new ServerScene(server.Require());

    private sealed class ServerScene(PostgreSqlServer server) : ConformanceScene
    {
        private readonly List<TestDatabase> databases = [];

        public override IDatabaseProvider Provider { get; } = new PostgreSqlProvider
        {
            // With the server's own pg_dump: each version writes an archive of its own.
            ClientHost = ClientHost.Local with
            {
                Variable = name => name == ClientToolFinder.DirectoriesVariable ? server.Binaries : Environment.GetEnvironmentVariable(name),
            },
        };

        public override string Qualified(string table) => $"public.{table}";

        public override string Quote(string name) => PostgreSqlServer.Quote(name);

        public override async Task<DatabaseEndpoint> MakeDatabaseAsync(params IReadOnlyList<string> script)
        {
            TestDatabase database = await server.CreateDatabaseAsync("conformance");
            databases.Add(database);
            foreach (string statement in script)
            {
                await database.ExecuteAsync(statement);
            }

            return database.Endpoint;
        }

        public override DatabaseEndpoint NewTarget()
        {
            databases.Add(server.NameDatabase("conformance"));
            return databases[^1].Endpoint;
        }

        public override Task ExecuteAsync(DatabaseEndpoint database, string sql) => At(database).ExecuteAsync(sql);

        public override Task<long> AskAsync(DatabaseEndpoint database, string sql) => At(database).ScalarAsync<long>($"SELECT ({sql})::bigint");

        // Other tests make databases at the same time: what a restore leaves is told by the name it was for.
        public override async Task<IReadOnlyList<string>> ListEverythingAsync()
        {
            string names = string.Join(", ", databases.Select(database => $"'{database.Name}'"));
            string marks = string.Join(" OR ", databases.Select(database => $"shobj_description(oid, 'pg_database') LIKE '%{database.Name}%'"));
            return (await server.ScalarAsync<string>(
                $"SELECT coalesce(string_agg(datname, ' ' ORDER BY datname), '') FROM pg_database WHERE datname IN ({names}) OR {marks}")).Split(' ');
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (TestDatabase database in databases)
            {
                await database.DisposeAsync();
            }
        }

        private TestDatabase At(DatabaseEndpoint database) => databases.Single(item => item.Name == database.Database);
    }
}
