using System.Diagnostics;
using DataResilience.Providers;
using DataResilience.Testing;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.MySql.Tests.Snapshot;

[Trait("Category", "Server")]
public class WriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Servers, what an account may do beside reading, and the ways that it can open a snapshot in.</summary>
    public static TheoryData<string, string, LockMode> Rights
    {
        get
        {
            (string Server, string Rights, LockMode Mode)[] rights =
            [
                (MySqlServer.MariaDb.Name, "RELOAD, PROCESS", LockMode.BackupStage),
                (MySqlServer.MariaDbNewer.Name, "RELOAD, PROCESS", LockMode.Auto),
                (MySqlServer.MariaDb.Name, "RELOAD, PROCESS", LockMode.GlobalReadLock),
                (MySqlServer.MariaDb.Name, "LOCK TABLES", LockMode.TableLocks),
                (MySqlServer.MariaDb.Name, "SELECT", LockMode.None),
                (MySqlServer.MariaDbNewer.Name, "SELECT", LockMode.Auto),
                (MySqlServer.MySql.Name, "RELOAD, PROCESS, BACKUP_ADMIN, REPLICATION CLIENT", LockMode.GlobalReadLock),
                (MySqlServer.MySql84.Name, "RELOAD, PROCESS", LockMode.Auto),
                (MySqlServer.MySql.Name, "LOCK TABLES, BACKUP_ADMIN", LockMode.TableLocks),
                (MySqlServer.MySql84.Name, "LOCK TABLES", LockMode.Auto),
                (MySqlServer.MySql.Name, "SELECT", LockMode.None),
                (MySqlServer.MySql84.Name, "SELECT", LockMode.Auto),
            ];
            return new TheoryData<string, string, LockMode>(from right in rights select (right.Server, right.Rights, right.Mode));
        }
    }

    [Theory]
    [MemberData(nameof(Rights))]
    public async Task All_readers_see_what_one_moment_had_while_writers_go_on(string server, string rights, LockMode mode)
    {
        await using MySqlTestDatabase database = await MakeAsync(MySqlServer.Named(server));
        TableSchema[] tables = [await database.TableAsync("one"), await database.TableAsync("two")];
        string user = await database.MakeUserAsync($"SELECT ON {MySqlServer.Quote(database.Name)}.*", $"{rights} ON *.*");
        await using var writers = await Writers.StartAsync(database, 3);
        for (int round = 0; round < 3; round++)
        {
            await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync(mode, readers: 4, user: user);

            string[] texts = await Task.WhenAll(tables.Concat(tables).Select(table => snapshot.ReadTextAsync(table)));

            Assert.Equal(texts[0], texts[1]);
            Assert.Equal(texts[0], texts[2]);
            Assert.Equal(texts[0], texts[3]);
            Assert.NotEqual("", texts[0]);
        }
    }

    [Theory]
    [InlineData("mysql", "SELECT", LockMode.GlobalReadLock)]
    [InlineData("mysql", "SELECT", LockMode.TableLocks)]
    [InlineData("mariadb", "SELECT", LockMode.BackupStage)]
    [InlineData("mysql", "SELECT", LockMode.BackupStage)]
    public async Task A_way_that_the_account_has_no_right_to_is_told(string server, string rights, LockMode mode)
    {
        await using MySqlTestDatabase database = await MakeAsync(MySqlServer.Named(server));
        string user = await database.MakeUserAsync($"{rights} ON {MySqlServer.Quote(database.Name)}.*");

        await Expect.ErrorAsync(Errors.SnapshotNotHeld, () => database.OpenSnapshotAsync(mode, user: user));
    }

    [Theory]
    [InlineData("mysql", LockMode.GlobalReadLock)]
    [InlineData("mysql84", LockMode.Auto)]
    [InlineData("mariadb", LockMode.Auto)] // which has no lock that waits for queries
    public async Task Behind_a_query_that_runs_for_minutes_writers_are_held_up_for_a_moment_only(string server, LockMode mode)
    {
        await using MySqlTestDatabase database = await MakeAsync(MySqlServer.Named(server));
        await database.ExecuteAsync("INSERT INTO one VALUES (-1)");
        await using MySqlConnection query = await database.OpenConnectionAsync();
        await using var slow = new MySqlCommand("SELECT SLEEP(600) FROM one", query);
        Task running = slow.ExecuteNonQueryAsync(Token);
        await Wait.UntilAsync(
            async () => await database.ScalarAsync<long>($"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = '{database.Name}' AND STATE = 'User sleep' AND TIME >= 2") == 1,
            "the query to run");
        await using var writers = await Writers.StartAsync(database, 2);

        if (mode == LockMode.Auto)
        {
            await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync(mode);
        }
        else
        {
            await Expect.ErrorAsync(Errors.SnapshotNotHeld, () => database.OpenSnapshotAsync(mode, lockTimeout: TimeSpan.FromSeconds(2)));
        }

        await writers.NextAsync();
        // Twice what an attempt may take: this machine may have other things to do.
        Assert.InRange(writers.LongestStall, TimeSpan.Zero, StateLock.LongestHold * 2);
        await database.ExecuteAsync($"KILL QUERY {query.ServerThread}");
        await Task.WhenAny(running);
    }

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task Tables_without_snapshots_stay_locked_until_all_has_been_read(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE old (id int PRIMARY KEY) ENGINE = MyISAM; INSERT INTO old VALUES (1)");
        TableSchema table = await database.TableAsync("old");
        await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync();

        await Assert.ThrowsAsync<MySqlException>(() => database.ExecuteAsync("SET SESSION lock_wait_timeout = 1; INSERT INTO old VALUES (2)"));
        Assert.Equal("1\n", await snapshot.ReadTextAsync(table));
        Assert.Contains((await snapshot.ReadSchemaAsync(Token)).Warnings, warning => warning.Contains("'old' (MyISAM)", StringComparison.Ordinal));
        await snapshot.ConfirmAsync(Token);

        await database.ExecuteAsync("SET SESSION lock_wait_timeout = 5; INSERT INTO old VALUES (2)");
    }

    private static async Task<MySqlTestDatabase> MakeAsync(MySqlServer server)
    {
        MySqlTestDatabase database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE one (id bigint PRIMARY KEY); CREATE TABLE two (id bigint PRIMARY KEY)");
        return database;
    }

    /// <summary>Sessions that put the same numbers into both tables, each pair in one transaction.</summary>
    private sealed class Writers : IAsyncDisposable
    {
        private readonly CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        private readonly List<Task> tasks = [];
        private long last;
        private long longest;

        internal TimeSpan LongestStall => TimeSpan.FromTicks(Interlocked.Read(ref longest));

        internal static async Task<Writers> StartAsync(MySqlTestDatabase database, int count)
        {
            var writers = new Writers();
            for (int i = 0; i < count; i++)
            {
                writers.tasks.Add(writers.WriteAsync(await database.OpenConnectionAsync()));
            }

            await writers.NextAsync();
            return writers;
        }

        /// <summary>Waits until they have written something more.</summary>
        internal async Task NextAsync()
        {
            long now = Interlocked.Read(ref last);
            await Wait.UntilAsync(() => Task.FromResult(Interlocked.Read(ref last) > now + 5), "writers to go on");
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await Task.WhenAll(tasks);
            end.Dispose();
        }

        private async Task WriteAsync(MySqlConnection connection)
        {
            await using (connection)
            {
                while (!end.IsCancellationRequested)
                {
                    long number = Interlocked.Increment(ref last);
                    long start = Stopwatch.GetTimestamp();
                    await using var command = new MySqlCommand($"BEGIN; INSERT INTO one VALUES ({number}); INSERT INTO two VALUES ({number}); COMMIT", connection);
                    await command.ExecuteNonQueryAsync(CancellationToken.None);
                    long took = Stopwatch.GetElapsedTime(start).Ticks;
                    Keep(took);
                    // A pace at which an attempt without a lock can come between two commits.
                    await Task.Delay(20, CancellationToken.None);
                }
            }
        }

        private void Keep(long took)
        {
            for (long known = Interlocked.Read(ref longest); took > known; known = Interlocked.Read(ref longest))
            {
                Interlocked.CompareExchange(ref longest, took, known);
            }
        }
    }
}
