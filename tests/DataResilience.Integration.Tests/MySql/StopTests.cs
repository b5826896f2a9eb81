using DataResilience.Testing;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>What is stopped leaves no session at the server, nothing under the wanted name, and a repository that is valid.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class StopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mysql")]
    [InlineData("mariadb")]
    public async Task A_backup_stops_while_rows_flow(string server)
    {
        await using ServerScene scene = await OpenAsync(server);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var shares = new ReaderShares { When = (1, cancel.CancelAsync) };
        IOperations operations = scene.Workspace.OperationsWith(provider: shares.Around);

        await RequireStoppedAsync(scene, operations, BackupOf(scene), cancel);

        await RequireNothingLeftAsync(scene);
        await RequireNoBackupAsync(scene);
    }

    [Theory]
    [InlineData("mysql", LockMode.TableLocks)]
    [InlineData("mariadb", LockMode.TableLocks)]
    [InlineData("mariadb", LockMode.BackupStage)]
    public async Task A_backup_stops_while_it_waits_for_a_lock(string server, LockMode mode)
    {
        await using ServerScene scene = await OpenAsync(server);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using MySqlConnection blocker = await scene.Source.OpenConnectionAsync();
        await RunAsync(blocker, mode == LockMode.BackupStage ? "BACKUP STAGE START" : "LOCK TABLES t WRITE");

        Task stopped = RequireStoppedAsync(
            scene, scene.Workspace.Operations, BackupOf(scene) with { LockMode = mode, LockTimeout = TimeSpan.FromHours(1) }, cancel);
        await Wait.UntilAsync(
            async () => await scene.Source.Server.ScalarAsync<long>(
                $"SELECT count(*) FROM information_schema.processlist WHERE user = '{scene.User}' AND state LIKE 'Waiting for%'") > 0,
            "the backup to wait for the lock");
        await cancel.CancelAsync();
        await stopped;

        await blocker.CloseAsync();
        await RequireNothingLeftAsync(scene);
        await RequireNoBackupAsync(scene);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("mariadb")]
    public async Task A_restore_stops_while_rows_flow_and_while_an_index_is_built(string server)
    {
        await using ServerScene scene = await OpenAsync(server);
        Backup backup = await scene.Workspace.BackupAsync(scene.At(scene.Source));
        IReadOnlyList<string> before = await scene.LookAsync([]);

        foreach (string moment in new[] { "LOAD DATA%", "ALTER TABLE%" })
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var restore = new RestoreDatabaseRequest
            {
                Repository = scene.Workspace.Repository,
                Backup = new BackupReference(backup.BackupId),
                Target = scene.At(scene.Copy),
            };
            Task stopped = RequireStoppedAsync(scene, scene.Workspace.Operations, restore, cancel);
            await Wait.UntilAsync(
                async () => await scene.Copy.Server.ScalarAsync<long>(
                    $"SELECT count(*) FROM information_schema.processlist WHERE user = '{scene.User}' AND info LIKE '{moment}'") > 0,
                moment);
            await cancel.CancelAsync();
            await stopped;

            await RequireNothingLeftAsync(scene);
            Assert.Equal(before, await scene.LookAsync([]));
        }

        Assert.True((await scene.Workspace.RestoreAsync(backup, scene.At(scene.Copy))).IsVerified);
    }

    private static BackupDatabaseRequest BackupOf(ServerScene scene) => new() { Repository = scene.Workspace.Repository, Source = scene.At(scene.Source) };

    /// <summary>Rows and an index that take their time, so that there is something to stop.</summary>
    private static async Task<ServerScene> OpenAsync(string server)
    {
        ServerScene scene = await ServerScene.OpenAsync(MySqlServer.Named(server), MySqlServer.Named(server));
        await scene.Source.ExecuteAsync(
            """
            CREATE TABLE long_rows(id int PRIMARY KEY AUTO_INCREMENT, a varchar(700), b varchar(700), FULLTEXT KEY by_text (a, b), KEY by_a (a), KEY by_b (b, a)) CHARACTER SET latin1;
            INSERT INTO long_rows(a, b) VALUES (repeat(sha2(1, 256), 10), repeat(sha2(2, 256), 10))
            """);
        for (int doubled = 0; doubled < 14; doubled++)
        {
            await scene.Source.ExecuteAsync("INSERT INTO long_rows(a, b) SELECT repeat(sha2(CONCAT(a, id), 256), 10), repeat(sha2(CONCAT(b, id), 256), 10) FROM long_rows");
        }

        return scene;
    }

    private static async Task RequireStoppedAsync<TResult>(
        ServerScene scene, IOperations operations, IOperationRequest<TResult> request, CancellationTokenSource cancel)
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => operations.RunAsync(request, scene.Workspace.Reporter, cancel.Token));
        Assert.True(cancel.IsCancellationRequested);
    }

    private static async Task RequireNothingLeftAsync(ServerScene scene)
    {
        await scene.RequireNoSessionAsync();
        await scene.Workspace.RunAsync(new TestBackupRepositoryRequest { Repository = scene.Workspace.Repository });
        // A lock of ours would hold a writer up for ever.
        await scene.Source.ExecuteAsync("SET SESSION lock_wait_timeout = 5; INSERT INTO u VALUES (2)");
    }

    private static async Task RequireNoBackupAsync(ServerScene scene)
    {
        var failure = await Assert.ThrowsAsync<DataResilienceException>(
            () => scene.Workspace.RunAsync(new GetDatabaseBackupRequest { Repository = scene.Workspace.Repository }));
        Assert.Equal(Errors.NothingMatched.Code, failure.ErrorCode);
    }

    private static async Task RunAsync(MySqlConnection connection, string sql)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
