using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests;

[Trait("Category", "Server")]
public sealed class DatabaseListerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_lists_its_databases_with_their_tables()
    {
        PostgreSqlServer server = PostgreSqlServer.Release;
        await using TestDatabase full = await server.CreateDatabaseAsync("lister full", "OWNER drpassword ENCODING 'UTF8'");
        await using TestDatabase empty = await server.CreateDatabaseAsync("lister empty");
        await full.ExecuteAsync("CREATE TABLE a (id integer); CREATE TABLE b (id integer) PARTITION BY LIST (id); CREATE TABLE b1 PARTITION OF b DEFAULT; CREATE VIEW v AS SELECT 1 AS one");

        IReadOnlyList<Database> databases = await ListAsync(server.Root with { Database = "" });

        Database found = databases.Single(database => database.Name == full.Name);
        Assert.Equal(2, found.Tables);
        Assert.Equal("drpassword", found.Owner);
        Assert.Equal("UTF8", found.Encoding);
        Assert.Equal(full.Endpoint, found.Endpoint);
        Assert.True(found.Size > 1_000_000);
        Assert.StartsWith("15.", found.EngineVersion, StringComparison.Ordinal);
        Assert.Equal(0, databases.Single(database => database.Name == empty.Name).Tables);
        Assert.DoesNotContain(databases, database => database.Name.StartsWith("template", StringComparison.Ordinal));
        Assert.Equal(databases.Select(database => database.Name).Order(StringComparer.Ordinal), databases.Select(database => database.Name));
    }

    [Fact]
    public async Task An_endpoint_with_a_database_lists_that_one()
    {
        await using TestDatabase one = await PostgreSqlServer.Release.CreateDatabaseAsync();

        Assert.Equal(one.Name, Assert.Single(await ListAsync(one.Endpoint)).Name);
    }

    [Fact]
    public async Task A_database_that_may_not_be_entered_is_listed_without_size()
    {
        PostgreSqlServer server = PostgreSqlServer.Release;
        await using TestDatabase closed = await server.CreateDatabaseAsync();
        await closed.ExecuteAsync($"REVOKE CONNECT ON DATABASE {PostgreSqlServer.Quote(closed.Name)} FROM PUBLIC");
        await using TestDatabase open = await server.CreateDatabaseAsync();
        var password = new System.Security.SecureString();
        PostgreSqlServer.Password.ToList().ForEach(password.AppendChar);
        DatabaseEndpoint endpoint = server.Endpoint(open.Name, "drpassword").WithPassword(password);

        IReadOnlyList<Database> databases = await ListAsync(endpoint, endpoint with { Database = "" });

        Assert.Equal(0, databases.Single(database => database.Name == closed.Name).Size);
        Assert.NotEqual(0, databases.Single(database => database.Name == open.Name).Size);
    }

    private static Task<IReadOnlyList<Database>> ListAsync(DatabaseEndpoint endpoint) =>
        ListAsync(endpoint.Database.Length == 0 ? endpoint with { Database = "postgres" } : endpoint, endpoint);

    private static async Task<IReadOnlyList<Database>> ListAsync(DatabaseEndpoint entry, DatabaseEndpoint endpoint)
    {
        await using ServerSession session = await SnapshotSchema.OpenAsync(entry);
        return await DatabaseLister.ListAsync(session, endpoint, Token);
    }
}
