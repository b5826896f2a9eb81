using DataResilience.Providers;
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
        Assert.Empty(found.TableNames);
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
    public async Task The_names_of_tables_are_told_where_they_are_asked_for_and_nothing_is_counted_where_not()
    {
        await using TestDatabase one = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await one.ExecuteAsync("CREATE TABLE z (id integer); CREATE SCHEMA \"odd name\"; CREATE TABLE \"odd name\".\"a.b\" (id integer) PARTITION BY LIST (id); CREATE TABLE y PARTITION OF \"odd name\".\"a.b\" DEFAULT; CREATE TEMPORARY TABLE x (id integer); CREATE VIEW v AS SELECT 1 AS one");

        Database named = Assert.Single(await ListAsync(one.Endpoint, one.Endpoint, new DatabaseListOptions { Detail = DatabaseDetail.Tables }));
        Database quick = Assert.Single(await ListAsync(one.Endpoint, one.Endpoint, new DatabaseListOptions { Detail = DatabaseDetail.Names }));

        Assert.Equal(["odd name.a.b", "public.y", "public.z"], named.TableNames);
        Assert.Equal(2, named.Tables);
        Assert.Null(quick.Tables);
        Assert.True(quick.Size > 1_000_000);
    }

    [Fact]
    public async Task A_database_that_may_not_be_entered_is_listed_without_size_and_says_why()
    {
        PostgreSqlServer server = PostgreSqlServer.Release;
        await using TestDatabase closed = await server.CreateDatabaseAsync();
        await closed.ExecuteAsync($"REVOKE CONNECT ON DATABASE {PostgreSqlServer.Quote(closed.Name)} FROM PUBLIC");
        await using TestDatabase full = await server.CreateDatabaseAsync();
        await full.ExecuteAsync($"CREATE TABLE t (id integer); ALTER DATABASE {PostgreSqlServer.Quote(full.Name)} CONNECTION LIMIT 0");
        await using TestDatabase open = await server.CreateDatabaseAsync();
        var password = new System.Security.SecureString();
        PostgreSqlServer.Password.ToList().ForEach(password.AppendChar);
        DatabaseEndpoint endpoint = server.Endpoint(open.Name, "drpassword").WithPassword(password);

        IReadOnlyList<Database> databases = await ListAsync(endpoint, endpoint with { Database = "" }, new DatabaseListOptions());

        Database Find(TestDatabase one) => databases.Single(database => database.Name == one.Name);
        Assert.Equal((null, null, "the user drpassword may not connect to it"), (Find(closed).Size, Find(closed).Tables, Find(closed).Obstacle));
        Assert.Null(Find(full).Tables);
        Assert.True(Find(full).Size > 0);
        Assert.Contains("too many connections", Find(full).Obstacle, StringComparison.Ordinal);
        Assert.Equal((0, ""), (Find(open).Tables, Find(open).Obstacle));
    }

    private static Task<IReadOnlyList<Database>> ListAsync(DatabaseEndpoint endpoint) =>
        ListAsync(endpoint.Database.Length == 0 ? endpoint with { Database = "postgres" } : endpoint, endpoint, new DatabaseListOptions());

    private static async Task<IReadOnlyList<Database>> ListAsync(DatabaseEndpoint entry, DatabaseEndpoint endpoint, DatabaseListOptions options)
    {
        await using ServerSession session = await SnapshotSchema.OpenAsync(entry);
        return await DatabaseLister.ListAsync(session, endpoint, options, Token);
    }
}
