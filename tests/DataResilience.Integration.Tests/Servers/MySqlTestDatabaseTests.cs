using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.Integration.Tests.Servers;

[Trait("Category", "Server")]
public sealed class MySqlTestDatabaseTests
{
    public static TheoryData<string> Versions => MySqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_goes_even_while_somebody_holds_a_lock_in_it(string server)
    {
        MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE shop(id int PRIMARY KEY)");
        await using MySqlConnection guest = await database.OpenConnectionAsync();
        await using var locking = new MySqlCommand("LOCK TABLES shop WRITE", guest);
        await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await database.DisposeAsync();

        Assert.Equal(0, await CountAsync(database));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_name_may_hold_anything_and_be_long_and_two_are_never_the_same(string server)
    {
        string name = "Größe `x` 'y' \"z\"/%?. " + new string('n', 40);
        await using MySqlTestDatabase first = await MySqlServer.Named(server).CreateDatabaseAsync(name, "CHARACTER SET latin1");
        await using MySqlTestDatabase second = await MySqlServer.Named(server).CreateDatabaseAsync(name);

        Assert.NotEqual(first.Name, second.Name);
        Assert.Equal(first.Name, await first.ScalarAsync<string>("SELECT database()"));
        Assert.Equal("latin1", await first.ScalarAsync<string>("SELECT @@character_set_database"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_name_alone_makes_nothing_and_what_is_made_by_it_goes(string server)
    {
        MySqlTestDatabase database = MySqlServer.Named(server).NameDatabase();
        Assert.Equal(0, await CountAsync(database));

        await database.Server.ExecuteAsync($"CREATE DATABASE {MySqlServer.Quote(database.Name)}");
        Assert.Equal(1, await CountAsync(database));
        await database.DisposeAsync();
        await database.DisposeAsync();

        Assert.Equal(0, await CountAsync(database));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_client_programs_run_a_script_and_dump_the_same_schema_twice(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync("odd name/%?");
        await database.RunScriptAsync(
            """
            CREATE TABLE shop(id int PRIMARY KEY, name varchar(20) NOT NULL);
            INSERT INTO shop VALUES (1, 'Größe');
            DELIMITER //
            CREATE PROCEDURE two() BEGIN SELECT 1; SELECT 2; END//
            """);

        string schema = await database.DumpSchemaAsync();

        Assert.Equal("Größe", await database.ScalarAsync<string>("SELECT name FROM shop"));
        Assert.Contains("CREATE TABLE `shop`", schema, StringComparison.Ordinal);
        Assert.Contains("PROCEDURE `two`", schema, StringComparison.Ordinal);
        Assert.Equal(schema, await database.DumpSchemaAsync());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_script_that_fails_says_why(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();

        InvalidOperationException failure =
            await Assert.ThrowsAsync<InvalidOperationException>(() => database.RunScriptAsync("SELECT 1 FROM nowhere;" + new string(' ', 1_000_000)));

        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
    }

    private static Task<long> CountAsync(MySqlTestDatabase database) =>
        database.Server.ScalarAsync<long>(
            $"SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{database.Name}'");
}
