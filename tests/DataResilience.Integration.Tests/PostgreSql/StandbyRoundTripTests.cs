using DataResilience.Testing;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>A standby is backed up while its primary goes on, and the primary's server gets the copy.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class StandbyRoundTripTests(ITestOutputHelper output)
{
    // Each is before a table is read: without one snapshot, no two tables would go together.
    private const int CommitsBeforeEachTable = 20;

    private const string Digests =
        """
        SELECT string_agg(t || ':' || d, E'\n' ORDER BY t) FROM (
            SELECT 'fixed' AS t, count(*) || ' ' || sum(hashtextextended(f::text, 0)::numeric) AS d FROM fixed AS f
            UNION ALL SELECT 'part', count(*) || ' ' || sum(hashtextextended(p::text, 0)::numeric) FROM part AS p
            UNION ALL SELECT 'large', count(*) || ' ' || sum(hashtextextended(encode(lo_get(oid), 'hex'), 0)::numeric) FROM pg_largeobject_metadata) AS all_of_them
        """;

    [Fact]
    public async Task A_standby_is_backed_up_while_the_primary_commits_and_comes_back_as_one_state()
    {
        PostgreSqlServer primary = PostgreSqlServer.Release.Require();
        PostgreSqlServer standby = PostgreSqlServer.Standby.Require();
        await using TestDatabase database = await MakeAsync(primary);
        await using TestDatabase copy = primary.NameDatabase("from_standby");
        ServerFamilyWriter? writer = null;
        using var work = new Workspace(inner => new WatchedSourceProvider(inner, _ => writer!.WaitForAsync(CommitsBeforeEachTable)));
        await work.NewRepositoryAsync();

        // What the primary removes, a standby must remove too, and ends the snapshots that still see it. This keeps the primary from it.
        await using NpgsqlConnection holder = await database.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1", holder))
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Backup backup;
        int before;
        int after;
        await using (writer = ServerFamilyWriter.Start(database))
        {
            await writer.WaitForAsync(200);
            before = writer.Commits;
            await CatchUpAsync(database, standby);
            backup = await work.RunAsync(
                new BackupDatabaseRequest { Repository = work.Repository, Source = standby.Endpoint(database.Name), ThrottleLimit = 2 });
            after = writer.Commits + 1;
        }

        BackupIntegrity verified = Assert.Single(await work.RunAsync(
            new TestBackupIntegrityRequest { Repository = work.Repository, Backup = new BackupReference(backup.BackupId) }));
        RestoreResult restored = await work.RestoreAsync(backup, copy.Endpoint);

        output.WriteLine($"{after - before} commits meanwhile; {backup.RecoveryPosition}");
        Assert.True(verified.IsValid);
        Assert.True(restored.IsVerified);
        Assert.InRange(await ServerFamilyWriter.RequireOneStateAsync(copy), before, after);
        Assert.Equal(await database.ScalarAsync<string>(Digests), await copy.ScalarAsync<string>(Digests));
        Assert.Contains("isStandby=true", backup.RecoveryPosition, StringComparison.Ordinal);
        Assert.Contains(work.Reporter.Warnings, warning => warning.Contains("public.forgotten", StringComparison.Ordinal));
        Assert.Equal(0L, await copy.ScalarAsync<long>("SELECT count(*) FROM forgotten"));
    }

    private static async Task<TestDatabase> MakeAsync(PostgreSqlServer primary)
    {
        TestDatabase database = await primary.CreateDatabaseAsync("of_primary");
        await ServerFamilyWriter.MakeTablesAsync(database);
        await database.ExecuteAsync(
            """
            CREATE TABLE fixed (id bigint PRIMARY KEY, name text);
            INSERT INTO fixed SELECT i, md5(i::text) FROM generate_series(1, 20000) i;
            CREATE TABLE part (n int, name text) PARTITION BY LIST (n);
            CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1);
            CREATE TABLE part_2 PARTITION OF part DEFAULT;
            INSERT INTO part SELECT i % 3, md5(i::text) FROM generate_series(1, 3000) i;
            SELECT lo_from_bytea(0, decode(repeat('0b', 30000), 'hex'));
            CREATE UNLOGGED TABLE forgotten (n int);
            INSERT INTO forgotten VALUES (1)
            """);
        return database;
    }

    private static async Task CatchUpAsync(TestDatabase database, PostgreSqlServer standby)
    {
        string position = await database.ScalarAsync<string>("SELECT pg_current_wal_lsn()::text");
        await Wait.UntilAsync(
            () => standby.ScalarAsync<bool>($"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn"), "the standby to have replayed everything");
    }
}
