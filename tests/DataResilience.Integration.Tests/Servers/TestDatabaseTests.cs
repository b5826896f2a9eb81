using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.Integration.Tests.Servers;

[Trait("Category", "Server")]
public sealed class TestDatabaseTests
{
    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Fact]
    public async Task A_database_goes_even_while_somebody_is_connected()
    {
        TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await using NpgsqlConnection guest = await database.OpenConnectionAsync();

        await database.DisposeAsync();

        Assert.Equal(0, await CountAsync(database));
    }

    [Fact]
    public async Task A_name_may_hold_anything_and_be_long_and_two_are_never_the_same()
    {
        string name = "Größe \"x\" 'y' " + new string('ü', 40);
        await using TestDatabase first = await PostgreSqlServer.Release.CreateDatabaseAsync(name, "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'");
        await using TestDatabase second = await PostgreSqlServer.Release.CreateDatabaseAsync(name);

        Assert.NotEqual(first.Name, second.Name);
        Assert.Equal(first.Name, await first.ScalarAsync<string>("SELECT current_database()::text"));
    }

    [Fact]
    public async Task A_name_alone_makes_nothing_and_what_is_made_by_it_goes()
    {
        TestDatabase database = PostgreSqlServer.Release.NameDatabase();
        Assert.Equal(0, await CountAsync(database));

        await PostgreSqlServer.Release.ExecuteAsync($"CREATE DATABASE {PostgreSqlServer.Quote(database.Name)}");
        await database.DisposeAsync();
        await database.DisposeAsync();

        Assert.Equal(0, await CountAsync(database));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_schema_dump_is_the_same_twice(string server)
    {
        await using TestDatabase database = await PostgreSqlServer.Named(server).CreateDatabaseAsync("odd name/%?");
        await database.ExecuteAsync("CREATE TABLE shop(id int PRIMARY KEY, name text NOT NULL)");

        string schema = await database.PgDumpSchemaAsync();

        Assert.Contains("CREATE TABLE public.shop", schema, StringComparison.Ordinal);
        Assert.Equal(schema, await database.PgDumpSchemaAsync());
    }

    [Fact]
    public async Task The_newer_pg_dump_reads_the_older_server()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE VIEW one AS SELECT 1 AS n");

        Assert.Contains("CREATE VIEW public.one", await database.PgDumpSchemaAsync(PostgreSqlServer.Newer.Binaries), StringComparison.Ordinal);
    }

    private static Task<long> CountAsync(TestDatabase database) =>
        database.Server.ScalarAsync<long>($"SELECT count(*) FROM pg_database WHERE datname = '{database.Name}'");
}
