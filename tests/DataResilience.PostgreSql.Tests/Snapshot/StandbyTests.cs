using DataResilience.Providers;
using DataResilience.Testing;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Snapshot;

[Trait("Category", "Server")]
public class StandbyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PostgreSqlServer Standby => PostgreSqlServer.Standby.Require();

    [Fact]
    public async Task A_standby_is_read_by_several_sessions_like_any_server()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int); INSERT INTO a VALUES (1); CREATE UNLOGGED TABLE u (n int); INSERT INTO u VALUES (1)");
        await CatchUpAsync(database);
        await using PostgreSqlSnapshot snapshot = await Sources.OpenAsync(Standby.Endpoint(database.Name));

        string[] texts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => snapshot.ReadTextAsync(Sources.Table("a", "n"))));

        Assert.All(texts, text => Assert.Equal("1\n", text));
        Assert.Equal("", await snapshot.ReadTextAsync(Sources.Table("u", "n")));
        Assert.Equal("true", snapshot.Description.RecoveryPosition["isStandby"]);
        Assert.NotEmpty(snapshot.Description.RecoveryPosition["lsnBefore"]);
        Assert.Equal(
            await database.ScalarAsync<string>("SELECT system_identifier::text FROM pg_control_system()"), snapshot.Description.RecoveryPosition["systemIdentifier"]);
        Assert.Equal(["public.a", "public.u"], (await snapshot.ReadSchemaAsync(Token)).Tables.Select(table => table.QualifiedName).Order());
    }

    [Fact]
    public async Task A_snapshot_in_the_way_of_replay_is_cancelled_and_the_reason_is_told()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int); INSERT INTO a SELECT generate_series(1, 1000)");
        await CatchUpAsync(database);
        await using PostgreSqlSnapshot snapshot = await Sources.OpenAsync(Standby.Endpoint(database.Name));

        // The standby must remove what the snapshot still sees, and waits half a second for it.
        await database.ExecuteAsync("DELETE FROM a");
        await database.ExecuteAsync("VACUUM a");
        await CatchUpAsync(database);

        await Expect.ErrorAsync(Errors.SnapshotCancelled, () => snapshot.ReadTextAsync(Sources.Table("a", "n")));
        // Whoever comes later is told the reason too, and not only that the connection is closed.
        await Expect.ErrorAsync(Errors.SnapshotCancelled, () => snapshot.ReadTextAsync(Sources.Table("a", "n")));
    }

    private static async Task CatchUpAsync(TestDatabase database)
    {
        string position = await database.ScalarAsync<string>("SELECT pg_current_wal_lsn()::text");
        await Wait.UntilAsync(
            () => Standby.ScalarAsync<bool>($"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn"), "the standby to have replayed everything");
    }
}
