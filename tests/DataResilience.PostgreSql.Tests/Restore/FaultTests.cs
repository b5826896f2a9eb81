using DataResilience.PostgreSql.Tests.Snapshot;
using DataResilience.Providers;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.PostgreSql.Tests.Restore;

[Trait("Category", "Server")]
[Collection(LockTableTests.SmallServer)]
public sealed class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelled_while_rows_flow_nothing_is_left()
    {
        await using var scene = new RestoreScene();
        TableSchema table = scene.AddTable("t", "a text");
        using var stop = new CancellationTokenSource();
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => target.LoadRowsAsync(table, Endless(block => block == 40 ? stop.CancelAsync() : Task.CompletedTask), stop.Token));
        }

        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Cancelled_while_an_index_is_built_nothing_is_left()
    {
        await using var scene = new RestoreScene();
        scene.AddTable("t", "a int");
        scene.Add("function", "slow(int)", "CREATE FUNCTION public.slow(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN PERFORM pg_catalog.pg_sleep(600); RETURN n; END';");
        scene.Add("index", "slow", "CREATE INDEX slow ON public.t (public.slow(a));", SchemaPhase.PostData, "public.t");
        scene.Add("index", "quick", "CREATE INDEX quick ON public.t (a);", SchemaPhase.PostData, "public.t");
        using var stop = new CancellationTokenSource();
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.LoadRowsAsync(RestoreScene.Table("public", "t", "a"), SampleRows.Of("1"), Token);
            Task building = scene.CreateAsync(target, SchemaPhase.PostData, stop.Token);
            await UntilAsync(scene, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE 'SET default_tablespace%' OR query LIKE 'CREATE INDEX slow%'");
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);
        }

        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_session_that_is_cut_while_rows_flow_ends_the_restore_and_nothing_is_left()
    {
        await using var scene = new RestoreScene();
        TableSchema table = scene.AddTable("t", "a text");
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            const string Cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'COPY \"public\".\"t\"%' AND pid <> pg_backend_pid()";
            await Expect.ErrorAsync(
                Errors.ConnectionLost,
                () => target.LoadRowsAsync(table, Endless(block => block == 20 ? scene.Server.ScalarAsync<long>(Cut) : Task.CompletedTask), Token));
        }

        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_full_disk_is_told_and_nothing_is_left()
    {
        await using var scene = new RestoreScene(PostgreSqlServer.Small);
        TableSchema table = scene.AddTable("t", "a text");
        // Were the rows logged, the log would fill the disk with them, and the server would not live on.
        scene.Change(item => item with { Definition = "CREATE UNLOGGED TABLE public.t (a text);" });
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await Expect.ErrorAsync(Errors.TargetFull, () => target.LoadRowsAsync(table, Endless(_ => Task.CompletedTask), Token));
        }

        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task What_a_killed_restore_left_goes_with_the_next_one_but_not_what_another_works_on()
    {
        await using var scene = new RestoreScene();
        scene.AddTable("t", "a int");
        string name = scene.Target.Name.Replace("\"", "\"\"", StringComparison.Ordinal);
        await scene.Server.ExecuteAsync("CREATE DATABASE dr_restore_0000000000000001");
        await scene.Server.ExecuteAsync($"COMMENT ON DATABASE dr_restore_0000000000000001 IS 'DataResilience: restore of \"{name}\", 2020-01-01 00:00:00Z'");
        Assert.Equal(1, await scene.LeftoversAsync());

        await using (IRestoreTarget first = await scene.OpenAsync())
        await using (IRestoreTarget second = await scene.OpenAsync())
        {
            Assert.Equal(2, await scene.LeftoversAsync());
            await scene.CreateAsync(second, SchemaPhase.PreData);
            await second.CommitAsync(Token);
            await Expect.ErrorAsync(Errors.TargetExists, () => first.CommitAsync(Token));
        }

        await scene.AssertNothingLeftAsync(isThere: true);
    }

    [Fact]
    public async Task A_restore_never_removes_what_has_its_temporary_name_and_is_another_s()
    {
        await using var scene = new RestoreScene();
        await using var other = new RestoreScene();
        int seed = RestoreScene.NextSeed();
        await using (IRestoreTarget target = await scene.OpenAsync(seed: seed))
        {
            await Expect.ErrorAsync(Errors.ObjectNotCreated, () => other.OpenAsync(seed: seed));
            await target.CommitAsync(Token);
        }

        await scene.AssertNothingLeftAsync(isThere: true);
    }

    [Fact]
    public async Task Cancelled_while_it_waits_for_a_lock_a_live_restore_leaves_nothing()
    {
        await using var scene = new RestoreScene();
        scene.AddTable("t", "a int");
        scene.Options = scene.Options with { IsPartial = true, Replace = true };
        await scene.Server.ExecuteAsync($"CREATE DATABASE {PostgreSqlServer.Quote(scene.Target.Name)}");
        await scene.Target.ExecuteAsync("CREATE TABLE t (b int)");
        await using NpgsqlConnection holder = await scene.Target.OpenConnectionAsync();
        await new NpgsqlCommand("BEGIN; LOCK TABLE t IN ACCESS SHARE MODE", holder).ExecuteNonQueryAsync(Token);
        using var stop = new CancellationTokenSource();

        Task opening = scene.OpenAsync(token: stop.Token);
        await UntilAsync(scene, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DROP TABLE%'");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);

        await new NpgsqlCommand("ROLLBACK", holder).ExecuteNonQueryAsync(Token);
        await UntilAsync(scene, "SELECT (count(*) = 0)::int::bigint FROM pg_stat_activity WHERE application_name = 'DataResilience' AND query LIKE 'DROP TABLE%'");
        Assert.Equal("b", await scene.Target.ScalarAsync<string>("SELECT attname::text FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum = 1"));
    }

    [Fact]
    public async Task A_lock_that_does_not_come_in_time_names_its_holder()
    {
        await using var scene = new RestoreScene();
        scene.AddTable("t", "a int");
        scene.Options = scene.Options with { IsPartial = true, Replace = true, LockTimeout = TimeSpan.FromMilliseconds(50) };
        await scene.Server.ExecuteAsync($"CREATE DATABASE {PostgreSqlServer.Quote(scene.Target.Name)}");
        await scene.Target.ExecuteAsync("CREATE TABLE t (b int)");
        await using NpgsqlConnection holder = await scene.Target.OpenConnectionAsync();
        await new NpgsqlCommand("SET application_name = 'cash desk'; BEGIN; LOCK TABLE t IN ACCESS SHARE MODE", holder).ExecuteNonQueryAsync(Token);

        DataResilienceException failure = await Expect.ErrorAsync(Errors.TableLocked, () => scene.OpenAsync());

        Assert.Contains("'public.t'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("cash desk", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Rows without an end, and what happens before each block of them.</summary>
    private static async IAsyncEnumerable<RowBlock> Endless(Func<int, Task> before)
    {
        string line = new('x', 999);
        for (int block = 0; block < 100_000; block++)
        {
            await before(block);
            await foreach (RowBlock rows in SampleRows.Of(Enumerable.Repeat(SampleRows.Line(line), 1000)))
            {
                yield return rows;
            }
        }
    }

    /// <summary>Asks until the server says something else than 0.</summary>
    internal static async Task UntilAsync(RestoreScene scene, string query)
    {
        for (int attempt = 0; attempt < 2000; attempt++)
        {
            if (await scene.Server.ScalarAsync<long>(query) > 0)
            {
                return;
            }

            await scene.Server.ExecuteAsync("SELECT pg_sleep(0.01)");
        }

        Assert.Fail($"It never came to this: {query}");
    }
}
