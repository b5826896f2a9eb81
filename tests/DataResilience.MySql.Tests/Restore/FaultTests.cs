using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Restore;

[Trait("Category", "Server")]
[Collection("Restores")]
public sealed class FaultTests
{
    public static TheoryData<string> Servers => MySqlServer.Versions;

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_session_that_is_killed_while_rows_flow_ends_the_restore_and_nothing_is_left(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        (Transfer stored, MySqlTestDatabase target, TargetOptions options) = await SimpleAsync(scene);
        await using (IRestoreTarget restore = await scene.OpenAsync(target, options))
        {
            await Transfer.CreateAsync(restore, options, SchemaPhase.PreData, RestoreScene.Token);
            await Expect.ErrorAsync(Errors.ConnectionLost, () => restore.LoadRowsAsync(options.Tables[0], RowsThenAsync(stored, () => KillLoadAsync(target)), RestoreScene.Token));
        }

        await RestoreScene.AssertNothingLeftAsync(target);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_failure_of_the_source_of_rows_is_told_as_it_is(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        (Transfer stored, MySqlTestDatabase target, TargetOptions options) = await SimpleAsync(scene);
        await using (IRestoreTarget restore = await scene.OpenAsync(target, options))
        {
            await Transfer.CreateAsync(restore, options, SchemaPhase.PreData, RestoreScene.Token);
            await Expect.ErrorAsync(
                Errors.ObjectDamaged,
                () => restore.LoadRowsAsync(options.Tables[0], RowsThenAsync(stored, () => throw Errors.ObjectDamaged.Create("chunk", "its hash differs")), RestoreScene.Token));
        }

        await RestoreScene.AssertNothingLeftAsync(target);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Cancelled_while_indexes_are_made_nothing_is_left(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        (Transfer stored, MySqlTestDatabase target, TargetOptions options) = await SimpleAsync(scene);
        using var stop = new CancellationTokenSource();
        await using (IRestoreTarget restore = await scene.OpenAsync(target, options))
        {
            await Transfer.CreateAsync(restore, options, SchemaPhase.PreData, RestoreScene.Token);
            await restore.LoadRowsAsync(options.Tables[0], stored.Rows("t"), RestoreScene.Token);
            // Whoever reads a table keeps it from being altered.
            await using MySqlConnector.MySqlConnection reader = await target.OpenConnectionAsync();
            await using var read = new MySqlConnector.MySqlCommand("START TRANSACTION; SELECT COUNT(*) FROM t", reader);
            await read.ExecuteNonQueryAsync(RestoreScene.Token);
            Task making = Transfer.CreateAsync(restore, options, SchemaPhase.PostData, stop.Token);
            await UntilAsync(scene, $"SELECT COUNT(*) FROM information_schema.processlist WHERE db = '{target.Name}' AND state LIKE '%metadata lock%'");
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making);
        }

        await RestoreScene.AssertNothingLeftAsync(target);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task What_a_dead_restore_left_is_no_database_and_goes_with_the_next_one(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        (Transfer stored, MySqlTestDatabase target, TargetOptions options) = await SimpleAsync(scene);
        string beside = $"dr_restore_{Guid.NewGuid():N}"[..27];
        foreach (string name in new[] { target.Name, beside })
        {
            string table = $"{MySqlServer.Quote(name)}.dataresilience_restore";
            await scene.Server.ExecuteAsync($"CREATE DATABASE {MySqlServer.Quote(name)}; CREATE TABLE {table} (target varchar(64), state varchar(20)); INSERT INTO {table} VALUES ('{target.Name}', 'restoring')");
        }

        Assert.False((await RestoreScene.InspectAsync(target, options)).Exists);

        await scene.RestoreAsync(stored, target, options);
        await RestoreScene.AssertNothingLeftAsync(target, isThere: true);
        Assert.Equal(3, await target.ScalarAsync<long>("SELECT COUNT(*) FROM t"));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task While_one_restore_works_on_a_target_no_other_does(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        (Transfer stored, MySqlTestDatabase target, TargetOptions options) = await SimpleAsync(scene);
        await using (IRestoreTarget first = await scene.OpenAsync(target, options))
        {
            await Expect.ErrorAsync(Errors.TargetInUse, () => scene.OpenAsync(target, options));
            Assert.Contains("another restore", Assert.Single((await RestoreScene.InspectAsync(target, options)).Obstacles), StringComparison.Ordinal);
            await stored.FillAsync(first, options, RestoreScene.Token);
            await first.CommitAsync(RestoreScene.Token);
        }

        await RestoreScene.AssertNothingLeftAsync(target, isThere: true);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task What_a_cut_off_replacement_keeps_is_never_removed(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        (Transfer stored, MySqlTestDatabase target, TargetOptions options) = await SimpleAsync(scene);
        MySqlTestDatabase kept = scene.Server.NameDatabase("dr_replaced");
        await using (kept)
        {
            string table = $"{MySqlServer.Quote(kept.Name)}.dataresilience_restore";
            await scene.Server.ExecuteAsync($"CREATE DATABASE {MySqlServer.Quote(kept.Name)}; CREATE TABLE {table} (target varchar(64), state varchar(20)); INSERT INTO {table} VALUES ('{target.Name}', 'replacing')");

            await Expect.ErrorAsync(Errors.TargetHalfReplaced, () => scene.RestoreAsync(stored, target, options));

            Assert.Equal(1, await kept.ScalarAsync<long>("SELECT COUNT(*) FROM dataresilience_restore"));
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Values_that_a_load_would_change_are_a_failure(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        (Transfer stored, MySqlTestDatabase target, TargetOptions options) = await SimpleAsync(scene);
        options = options with
        {
            Objects = [.. options.Objects.Select(item => item with { Definition = item.Definition.Replace("varchar(20)", "varchar(2)", StringComparison.Ordinal) })],
        };
        await using (IRestoreTarget restore = await scene.OpenAsync(target, options))
        {
            await Transfer.CreateAsync(restore, options, SchemaPhase.PreData, RestoreScene.Token);
            await Expect.ErrorAsync(Errors.RestoreMismatch, () => restore.LoadRowsAsync(options.Tables[0], stored.Rows("t"), RestoreScene.Token));
        }

        await RestoreScene.AssertNothingLeftAsync(target);
    }

    internal static async Task UntilAsync(RestoreScene scene, string query)
    {
        while (await scene.Server.ScalarAsync<long>(query) == 0)
        {
            RestoreScene.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<(Transfer Stored, MySqlTestDatabase Target, TargetOptions Options)> SimpleAsync(RestoreScene scene)
    {
        MySqlTestDatabase source = await scene.MakeAsync(
            "CREATE TABLE t (id int PRIMARY KEY, a varchar(20), INDEX by_a (a))", "INSERT INTO t VALUES (1, 'one'), (2, 'two'), (3, NULL)");
        Transfer stored = await RestoreScene.ReadAsync(source);
        return (stored, scene.Name(), stored.Options());
    }

    private static async IAsyncEnumerable<RowBlock> RowsThenAsync(Transfer stored, Func<Task> then)
    {
        await foreach (RowBlock block in stored.Rows("t"))
        {
            yield return block;
        }

        await then();
        await foreach (RowBlock block in stored.Rows("t"))
        {
            yield return block;
        }
    }

    private static async Task KillLoadAsync(MySqlTestDatabase target)
    {
        string loads = $"FROM information_schema.processlist WHERE db = '{target.Name}' AND info LIKE 'LOAD DATA%'";
        while (await target.Server.ScalarAsync<long>($"SELECT COUNT(*) {loads}") == 0)
        {
            RestoreScene.Token.ThrowIfCancellationRequested();
        }

        await target.Server.ExecuteAsync($"KILL {await target.Server.ScalarAsync<string>($"SELECT CAST(id AS CHAR) {loads}")}");
    }
}
