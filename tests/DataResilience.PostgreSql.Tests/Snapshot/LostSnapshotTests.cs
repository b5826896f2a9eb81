using DataResilience.Providers;
using DataResilience.Testing;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Snapshot;

[Trait("Category", "Server")]
public class LostSnapshotTests
{
    private const string Ours = "application_name = 'DataResilience'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_cut_in_the_middle_of_a_table_is_a_lost_connection()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (t text); INSERT INTO a SELECT repeat('x', 1000000) FROM generate_series(1, 200)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 1);
        await using IAsyncEnumerator<RowBlock> blocks =
            snapshot.ReadRowsAsync(Sources.Table("a", "t"), Sources.Everything, Token).GetAsyncEnumerator(Token);
        Assert.True(await blocks.MoveNextAsync());
        blocks.Current.Dispose();

        await TerminateAsync(database, "query LIKE 'COPY%'");

        await Expect.ErrorAsync(Errors.ConnectionLost, async () =>
        {
            while (await blocks.MoveNextAsync())
            {
                blocks.Current.Dispose();
            }
        });
        // The snapshot is as good as before, and so is its one place for a reader.
        Assert.Equal(200, await snapshot.CountAsync(Sources.Table("a", "t")));
    }

    [Fact]
    public async Task Without_the_session_that_holds_the_locks_nothing_more_is_read()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int); INSERT INTO a VALUES (1); CREATE TABLE b (n int); INSERT INTO b VALUES (1)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 1);
        Assert.Equal("1\n", await snapshot.ReadTextAsync(Sources.Table("a", "n")));

        await TerminateAsync(database, "query NOT LIKE '%dataresilience_table%'");
        // What the lock would have kept from happening.
        await database.ExecuteAsync("TRUNCATE b");

        await Expect.ErrorAsync(Errors.ConnectionLost, () => snapshot.ReadTextAsync(Sources.Table("b", "n")));
        await Expect.ErrorAsync(Errors.ConnectionLost, () => snapshot.ReadTextAsync(Sources.Table("a", "n")));
        await Expect.ErrorAsync(Errors.ConnectionLost, () => snapshot.ReadSchemaAsync(Token));
    }

    [Fact]
    public async Task A_reader_that_comes_after_the_snapshot_was_lost_is_told_of_the_loss()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();

        await TerminateAsync(database, "true");

        await Expect.ErrorAsync(Errors.ConnectionLost, () => snapshot.ReadTextAsync(Sources.Table("a", "n")));
    }

    [Fact]
    public async Task More_readers_than_the_server_has_places_are_told_so()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        string role = database.Name;
        await database.ExecuteAsync($"CREATE TABLE a (n int); GRANT SELECT ON a TO PUBLIC; CREATE ROLE {role} LOGIN CONNECTION LIMIT 1 PASSWORD '{PostgreSqlServer.Password}'");
        try
        {
            DatabaseEndpoint endpoint = database.Server.Endpoint(database.Name, role)
                .WithPassword(new System.Net.NetworkCredential("", PostgreSqlServer.Password).SecurePassword);
            await using PostgreSqlSnapshot snapshot = await Sources.OpenAsync(endpoint);

            await Expect.ErrorAsync(Errors.ConnectionsExhausted, () => snapshot.ReadTextAsync(Sources.Table("a", "n")));
        }
        finally
        {
            await database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    private static async Task TerminateAsync(TestDatabase database, string which)
    {
        long ended = await database.ScalarAsync<long>(
            $"SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = current_database() AND {Ours} AND {which}");
        Assert.Equal(1, ended);
    }
}
