using DataResilience.Providers;
using DataResilience.Testing;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Snapshot;

[Trait("Category", "Server")]
public class SnapshotTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_reader_sees_the_state_when_the_snapshot_was_opened(string server)
    {
        await using TestDatabase database = await PostgreSqlServer.Named(server).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int); CREATE TABLE b (n int); INSERT INTO a VALUES (1); INSERT INTO b VALUES (1)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 2);
        await database.ExecuteAsync("INSERT INTO a VALUES (2); DELETE FROM b");

        Assert.Equal("1\n", await snapshot.ReadTextAsync(Sources.Table("a", "n")));
        await database.ExecuteAsync("DELETE FROM a");
        await database.ExecuteAsync("VACUUM a");
        Assert.Equal("1\n", await snapshot.ReadTextAsync(Sources.Table("b", "n")));
        Assert.Equal("1\n", await snapshot.ReadTextAsync(Sources.Table("a", "n")));
    }

    [Fact]
    public async Task The_description_says_what_the_snapshot_is_of_and_where_in_the_log()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 3);

        SnapshotDescription description = snapshot.Description;

        Assert.Equal(DatabaseEngine.PostgreSql, description.Engine);
        Assert.Equal(await database.ScalarAsync<string>("SELECT split_part(current_setting('server_version'), ' ', 1)"), description.EngineVersion);
        Assert.Equal(("127.0.0.1", database.Name, 3), (description.Server, description.Database, description.MaxReaders));
        Assert.Equal(
            ["databaseOid", "isStandby", "lsnAfter", "lsnBefore", "snapshot", "systemIdentifier", "timeline"], description.RecoveryPosition.Keys.Order());
        Assert.Equal("false", description.RecoveryPosition["isStandby"]);
        Assert.Equal(
            await database.ScalarAsync<string>("SELECT system_identifier::text FROM pg_control_system()"), description.RecoveryPosition["systemIdentifier"]);
        Assert.True(await database.ScalarAsync<bool>(
            $"SELECT '{description.RecoveryPosition["lsnBefore"]}'::pg_lsn <= '{description.RecoveryPosition["lsnAfter"]}'::pg_lsn"));
    }

    [Fact]
    public async Task The_schema_is_read_in_the_snapshot()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int PRIMARY KEY)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();
        await database.ExecuteAsync("CREATE TABLE b (n int)");

        DatabaseSchema schema = await snapshot.ReadSchemaAsync(Token);

        Assert.Equal("public.a", Assert.Single(schema.Tables).QualifiedName);
    }

    [Fact]
    public async Task No_session_is_left_when_the_snapshot_is_disposed()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int); INSERT INTO a SELECT generate_series(1, 100)");
        await using (PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 3))
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => snapshot.CountAsync(Sources.Table("a", "n"))));
            Assert.InRange(await SessionsAsync(database), 2, 4);
        }

        await Wait.UntilAsync(async () => await SessionsAsync(database) == 0, "the sessions to be gone");
    }

    [Fact]
    public async Task A_cancelled_read_ends_at_the_server_too_and_others_go_on()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        // The second row takes the server for ever; the first fills a block.
        await database.ExecuteAsync(
            "CREATE FUNCTION slow(n int) RETURNS text LANGUAGE sql AS 'SELECT CASE WHEN n > 1 THEN pg_sleep(3600)::text ELSE NULL END'; " +
            "CREATE TABLE a (n int, t text); INSERT INTO a VALUES (1, repeat('x', 2000000)), (2, 'y'); CREATE TABLE b (n int); INSERT INTO b VALUES (1)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 2);
        using var cancellation = new CancellationTokenSource();
        TableSchema slow = Sources.Table("a", "n", "t") with
        {
            Options = new Dictionary<string, string> { [TableOption.Condition] = "WHERE public.slow(n) IS NULL" },
        };

        Task reading = Task.Run(() => snapshot.ReadBytesAsync(slow, token: cancellation.Token), Token);
        await Wait.UntilAsync(async () => await SleepersAsync(database) == 1, "the read to be in its middle");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await Wait.UntilAsync(async () => await SleepersAsync(database) == 0, "the COPY to end at the server");
        Assert.Equal("1\n", await snapshot.ReadTextAsync(Sources.Table("b", "n")));
    }

    [Fact]
    public async Task A_read_that_is_left_in_the_middle_does_not_read_the_rest()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (t text); INSERT INTO a SELECT repeat('x', 1000000) FROM generate_series(1, 300)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 1);

        await foreach (RowBlock block in snapshot.ReadRowsAsync(Sources.Table("a", "t"), Sources.Everything, Token))
        {
            block.Dispose();
            break;
        }

        // The one reader's place is free again.
        Assert.Equal(300, await snapshot.CountAsync(Sources.Table("a", "t")));
        Assert.InRange(await SessionsAsync(database), 1, 2);
    }

    [Fact]
    public async Task Readers_hold_the_lock_of_the_table_they_read_alone()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("DO $$ BEGIN FOR i IN 1..50 LOOP EXECUTE format('CREATE TABLE t%s (n int)', i); END LOOP; END $$");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 1);
        for (int table = 1; table <= 50; table++)
        {
            await snapshot.CountAsync(Sources.Table($"t{table}", "n"));
        }

        // The coordinator's.
        Assert.Equal(50, await database.ScalarAsync<long>(
            $"SELECT count(*) FROM pg_locks WHERE locktype = 'relation' AND mode = 'AccessShareLock' AND relation::regclass::text ~ '^t[0-9]+$' " +
            $"AND database = (SELECT oid FROM pg_database WHERE datname = '{database.Name}')"));
    }

    private static Task<long> SessionsAsync(TestDatabase database) => database.Server.ScalarAsync<long>(
        $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.Name}' AND application_name = 'DataResilience'");

    private static Task<long> SleepersAsync(TestDatabase database) => database.Server.ScalarAsync<long>(
        $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.Name}' AND wait_event = 'PgSleep'");
}
