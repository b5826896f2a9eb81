using System.Globalization;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>What is stopped leaves no session at the server, nothing under the wanted name, and a repository that is valid.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class StopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_stops_while_rows_flow()
    {
        await using TestDatabase database = await MakeAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var shares = new ReaderShares { When = (1, cancel.CancelAsync) };
        using var workspace = new Workspace(shares.Around);
        await workspace.NewRepositoryAsync();

        await RequireStoppedAsync(workspace, new BackupDatabaseRequest { Repository = workspace.Repository, Source = database.Endpoint }, cancel);

        await RequireNothingLeftAsync(workspace, database);
        await RequireNoBackupAsync(workspace);
    }

    [Fact]
    public async Task A_backup_stops_while_it_waits_for_a_table()
    {
        await using TestDatabase database = await MakeAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var workspace = new Workspace();
        await workspace.NewRepositoryAsync();
        await using NpgsqlConnection blocker = await database.OpenConnectionAsync();
        await RunAsync(blocker, "BEGIN; LOCK TABLE public.rows IN ACCESS EXCLUSIVE MODE");

        Task stopped = RequireStoppedAsync(
            workspace, new BackupDatabaseRequest { Repository = workspace.Repository, Source = database.Endpoint, LockTimeout = TimeSpan.FromHours(1) }, cancel);
        await UntilAsync(database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        await cancel.CancelAsync();
        await stopped;

        await RunAsync(blocker, "ROLLBACK");
        await blocker.CloseAsync();
        await RequireNothingLeftAsync(workspace, database);
        await RequireNoBackupAsync(workspace);
    }

    [Fact]
    public async Task A_restore_stops_while_rows_flow_and_while_an_index_is_built()
    {
        await using TestDatabase database = await MakeAsync();
        using var workspace = new Workspace();
        await workspace.NewRepositoryAsync();
        Backup backup = await workspace.BackupAsync(database.Endpoint);
        await using TestDatabase copy = database.Server.NameDatabase("stopped");

        foreach (string moment in new[] { "COPY %", "CREATE INDEX %" })
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var restore = new RestoreDatabaseRequest { Repository = workspace.Repository, Backup = new BackupReference(backup.BackupId), Target = copy.Endpoint };
            Task stopped = RequireStoppedAsync(workspace, restore, cancel);
            await UntilAsync(
                database,
                $"""
                SELECT count(*) FROM pg_stat_activity a JOIN pg_database d ON d.oid = a.datid
                WHERE shobj_description(d.oid, 'pg_database') LIKE '%{copy.Name}%' AND state = 'active' AND query LIKE '{moment}'
                """);
            await cancel.CancelAsync();
            await stopped;

            Assert.Equal(0L, await database.ScalarAsync<long>(
                $"SELECT count(*) FROM pg_database WHERE datname = '{copy.Name}' OR shobj_description(oid, 'pg_database') LIKE '%{copy.Name}%'"));
            await RequireNothingLeftAsync(workspace, database);
        }

        Assert.True((await workspace.RestoreAsync(backup, copy.Endpoint)).IsVerified);
    }

    /// <summary>The index is on a function that takes its time, so that there is something to stop.</summary>
    private static async Task<TestDatabase> MakeAsync()
    {
        TestDatabase database = await PostgreSqlServer.Release.Require().CreateDatabaseAsync("stop");
        await database.ExecuteAsync(
            """
            CREATE TABLE public.rows(id int, a text);
            INSERT INTO public.rows SELECT i, repeat(md5(i::text), 10) FROM generate_series(1, 100000) i;
            CREATE FUNCTION public.slow(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
                BEGIN FOR i IN 1..20 LOOP PERFORM md5(repeat($1, 3)); END LOOP; RETURN $1; END $f$;
            CREATE INDEX by_slow ON public.rows(public.slow(a));
            """);
        return database;
    }

    private static async Task RequireStoppedAsync<TResult>(Workspace workspace, IOperationRequest<TResult> request, CancellationTokenSource cancel)
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => workspace.Operations.RunAsync(request, workspace.Reporter, cancel.Token));
        Assert.True(cancel.IsCancellationRequested);
    }

    private static async Task RequireNothingLeftAsync(Workspace workspace, TestDatabase database)
    {
        await UntilAsync(
            database,
            "SELECT 1 - least(1, count(*)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await workspace.RunAsync(new TestBackupRepositoryRequest { Repository = workspace.Repository });
    }

    private static async Task RequireNoBackupAsync(Workspace workspace)
    {
        var failure = await Assert.ThrowsAsync<DataResilienceException>(
            () => workspace.RunAsync(new GetDatabaseBackupRequest { Repository = workspace.Repository }));
        Assert.Equal(Errors.NothingMatched.Code, failure.ErrorCode);
    }

    /// <summary>Asks until the answer is not 0: the server ends a session a moment after its client has left.</summary>
    private static async Task UntilAsync(TestDatabase database, string question)
    {
        await using NpgsqlConnection connection = await database.Server.OpenConnectionAsync(database.Name);
        await using var command = new NpgsqlCommand(question, connection);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (Convert.ToInt64(await command.ExecuteScalarAsync(limit.Token), CultureInfo.InvariantCulture) == 0)
        {
            await Task.Yield();
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
