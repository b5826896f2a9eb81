using DataResilience.Providers;
using DataResilience.Testing;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.PostgreSql.Tests.Snapshot;

[Trait("Category", "Server")]
public class LockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_locked_table_is_named_with_who_holds_it()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int); CREATE TABLE busy (n int)");
        await using NpgsqlConnection holder = await HoldAsync(database, "LOCK TABLE busy");

        DataResilienceException failure = await Expect.ErrorAsync(
            Errors.TableLocked, () => database.OpenSnapshotAsync(lockTimeout: TimeSpan.FromMilliseconds(100)));

        Assert.Contains("'public.busy'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"0.1 seconds by process {holder.ProcessID} of postgres (the holder)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_another_waits_to_lock_is_named_with_both()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE busy (n int)");
        await using NpgsqlConnection writer = await HoldAsync(database, "INSERT INTO busy VALUES (1)");
        await using NpgsqlConnection waiting = await database.OpenConnectionAsync();
        Task altering = ExecuteAsync(waiting, "ALTER TABLE busy ADD COLUMN m int");
        await WaitForLockAsync(database, waiting.ProcessID);

        DataResilienceException failure = await Expect.ErrorAsync(
            Errors.TableLocked, () => database.OpenSnapshotAsync(lockTimeout: TimeSpan.FromMilliseconds(100)));

        Assert.Contains($"process {waiting.ProcessID} of postgres, which waits for process {writer.ProcessID}", failure.Message, StringComparison.Ordinal);
        await ExecuteAsync(writer, "COMMIT");
        await altering;
    }

    [Fact]
    public async Task A_lock_that_is_given_back_in_time_does_no_harm()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE busy (n int)");
        await using NpgsqlConnection holder = await HoldAsync(database, "LOCK TABLE busy; INSERT INTO busy VALUES (1)");
        Task<PostgreSqlSnapshot> opening = database.OpenSnapshotAsync();
        await Wait.UntilAsync(
            async () => await database.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.Name}' AND wait_event_type = 'Lock'") == 1,
            "the snapshot to wait for the lock");
        await ExecuteAsync(holder, "COMMIT");

        await using PostgreSqlSnapshot snapshot = await opening;

        // The snapshot was taken when the lock was there, and not before it was waited for.
        Assert.Equal("1\n", await snapshot.ReadTextAsync(Sources.Table("busy", "n")));
    }

    [Fact]
    public async Task A_table_that_is_made_anew_while_the_snapshot_waits_is_read_as_it_is_then()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE busy (n int); CREATE TABLE gone (n int)");
        await using NpgsqlConnection holder = await HoldAsync(
            database, "DROP TABLE busy, gone; CREATE TABLE busy (n int, m int); CREATE TABLE fresh (n int); INSERT INTO busy VALUES (1, 2); INSERT INTO fresh VALUES (3)");
        Task<PostgreSqlSnapshot> opening = database.OpenSnapshotAsync();
        await Wait.UntilAsync(
            async () => await database.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.Name}' AND wait_event_type = 'Lock'") == 1,
            "the snapshot to wait for the lock");
        await ExecuteAsync(holder, "COMMIT");

        await using PostgreSqlSnapshot snapshot = await opening;

        Assert.Equal("1\t2\n", await snapshot.ReadTextAsync(Sources.Table("busy", "n", "m")));
        Assert.Equal("3\n", await snapshot.ReadTextAsync(Sources.Table("fresh", "n")));
        Assert.Equal(2, await database.ScalarAsync<long>(
            $"SELECT count(*) FROM pg_locks WHERE mode = 'AccessShareLock' AND relation IN ('busy'::regclass, 'fresh'::regclass)"));
    }

    [Fact]
    public async Task A_change_of_a_table_that_waits_for_the_backup_does_not_stop_it()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (n int); INSERT INTO a VALUES (1); CREATE TABLE b (n int); INSERT INTO b VALUES (2)");
        Task altering;
        await using NpgsqlConnection waiting = await database.OpenConnectionAsync();
        await using (PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync(readers: 2))
        {
            altering = ExecuteAsync(waiting, "TRUNCATE a");
            await WaitForLockAsync(database, waiting.ProcessID);

            Task<string>[] reads = [.. Enumerable.Range(0, 4).Select(_ => snapshot.ReadTextAsync(Sources.Table("a", "n")))];
            Assert.All(await Task.WhenAll(reads), text => Assert.Equal("1\n", text));
            Assert.Equal("2\n", await snapshot.ReadTextAsync(Sources.Table("b", "n")));
        }

        await altering;
    }

    [Fact]
    public async Task A_table_that_may_not_be_read_is_told_when_it_is_read()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE open (n int); GRANT SELECT ON open TO drpassword; CREATE TABLE secret (n int)");
        DatabaseEndpoint endpoint = database.Server.Endpoint(database.Name, "drpassword")
            .WithPassword(new System.Net.NetworkCredential("", PostgreSqlServer.Password).SecurePassword);
        await using PostgreSqlSnapshot snapshot = await Sources.OpenAsync(endpoint);

        Assert.Equal("", await snapshot.ReadTextAsync(Sources.Table("open", "n")));
        DataResilienceException failure = await Expect.ErrorAsync(
            Errors.PermissionDenied, () => snapshot.ReadTextAsync(Sources.Table("secret", "n")));

        Assert.Contains("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_a_policy_hides_are_an_error()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE guarded (n int); INSERT INTO guarded VALUES (1); GRANT SELECT ON guarded TO drpassword; ALTER TABLE guarded ENABLE ROW LEVEL SECURITY");
        DatabaseEndpoint endpoint = database.Server.Endpoint(database.Name, "drpassword")
            .WithPassword(new System.Net.NetworkCredential("", PostgreSqlServer.Password).SecurePassword);
        await using PostgreSqlSnapshot snapshot = await Sources.OpenAsync(endpoint);

        DataResilienceException failure = await Expect.ErrorAsync(
            Errors.PermissionDenied, () => snapshot.ReadTextAsync(Sources.Table("guarded", "n")));

        Assert.Contains("guarded", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<NpgsqlConnection> HoldAsync(TestDatabase database, string sql)
    {
        NpgsqlConnection connection = await database.OpenConnectionAsync();
        await ExecuteAsync(connection, $"SET application_name = 'the holder'; BEGIN; {sql}");
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static Task WaitForLockAsync(TestDatabase database, int process) => Wait.UntilAsync(
        async () => await database.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_locks WHERE pid = {process} AND NOT granted)"), "the other session to wait");
}
