using System.Net;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Catalog;

[Trait("Category", "Server")]
public class DatabaseListerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => MySqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_database_but_the_servers_own_is_listed(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using MySqlTestDatabase database = await server.CreateDatabaseAsync("lister", "CHARACTER SET latin1");
        await database.ExecuteAsync("CREATE TABLE a (n INT) ENGINE=InnoDB; CREATE TABLE b (n INT) ENGINE=MyISAM; CREATE VIEW c AS SELECT * FROM a; INSERT INTO a VALUES (1)");

        IReadOnlyList<Database> all = await ListAsync(Secured(server, server.Root));

        Assert.Equal([.. all.Select(one => one.Name).Order(StringComparer.Ordinal)], all.Select(one => one.Name));
        Assert.Empty(all.Select(one => one.Name).Intersect(["mysql", "sys", "information_schema", "performance_schema"], StringComparer.OrdinalIgnoreCase));
        Database found = Assert.Single(all, one => one.Name == database.Name);
        Assert.Equal((2, "latin1", "", server.Engine), (found.Tables, found.Encoding, found.Owner, found.Engine));
        Assert.True(found.Size >= 16384, $"{found.Size}");
        Assert.Equal($"{await server.VersionAsync()}", found.EngineVersion);
        Assert.Equal(database.Endpoint, found.Endpoint.WithPassword(null));
        Assert.Equal(found with { Endpoint = database.Endpoint }, Assert.Single(await ListAsync(found.Endpoint)) with { Endpoint = database.Endpoint });
    }

    [Fact]
    public async Task A_server_is_listed_as_what_it_is_and_not_as_it_was_called()
    {
        MySqlServer server = MySqlServer.MariaDb.Require();
        await using MySqlTestDatabase database = await server.CreateDatabaseAsync("lister");

        Database found = Assert.Single(await ListAsync(Secured(server, database.Endpoint with { Engine = DatabaseEngine.MySql })));

        Assert.Equal(DatabaseEngine.MariaDb, found.Engine);
        Assert.StartsWith("mariadb://", found.Endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_that_is_not_there_is_not_found_whatever_else_has_its_letters(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using MySqlTestDatabase database = await server.CreateDatabaseAsync("lister");

        await Expect.ErrorAsync(Errors.SourceNotFound, () => ListAsync(Secured(server, server.Endpoint("there is none"))));
        await Expect.ErrorAsync(Errors.SourceNotFound, () => ListAsync(Secured(server, server.Endpoint(database.Name.ToUpperInvariant()))));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Whoever_may_see_nothing_is_shown_nothing(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using MySqlTestDatabase database = await server.CreateDatabaseAsync("lister");

        Assert.DoesNotContain(await ListAsync(Secured(server, server.Endpoint("", "drpassword"))), one => one.Name == database.Name);
    }

    private static DatabaseEndpoint Secured(MySqlServer server, DatabaseEndpoint endpoint) =>
        endpoint.WithPassword(new NetworkCredential("", server.Password).SecurePassword);

    private static Task<IReadOnlyList<Database>> ListAsync(DatabaseEndpoint endpoint) => new MySqlProvider().ListDatabasesAsync(endpoint, new DatabaseListOptions(), Token);
}
