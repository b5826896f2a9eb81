using System.Net;
using DataResilience.Engine.Repository;
using DataResilience.Testing;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>
/// A database at a server, a repository, and at another or the same server a database that is there and a name that is not, ready
/// for something to be wrong. Sessions of ours have a name of their own here: other tests may be at work on the same servers.
/// </summary>
internal sealed class ServerScene : IAsyncDisposable
{
    private const string Tables =
        """
        SELECT coalesce(string_agg(c.oid::regclass::text || query_to_xml(format(
            'SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS sum FROM %s t', c.oid::regclass), false, true, '')::text, '; ' ORDER BY c.oid::regclass::text), '')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        """;

    private readonly string sessions = $"test_{Guid.NewGuid():N}";
    private readonly HashSet<PostgreSqlServer> servers = [];

    private ServerScene(PostgreSqlServer source, PostgreSqlServer target)
    {
        Source = source.NameDatabase("bad_source");
        Live = target.NameDatabase("bad_live");
        Copy = target.NameDatabase("bad_copy");
        servers.UnionWith([source, target]);
    }

    internal Workspace Workspace { get; } = new();

    internal TestDatabase Source { get; }

    /// <summary>A target that is there, with a view that needs its table.</summary>
    internal TestDatabase Live { get; }

    /// <summary>A target that is not there.</summary>
    internal TestDatabase Copy { get; }

    /// <summary>The name of a role, an extension or a tablespace that a case makes.</summary>
    internal string Other { get; } = $"dr_bad_{Guid.NewGuid():N}"[..20];

    internal static async Task<ServerScene> OpenAsync(PostgreSqlServer source, PostgreSqlServer target)
    {
        var scene = new ServerScene(source.Require(), target.Require());
        try
        {
            await scene.MakeAsync();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    internal DatabaseEndpoint At(TestDatabase database, string parameters = "") => Named(database.Endpoint with { Parameters = parameters });

    /// <summary>The database as a role that has a password.</summary>
    internal DatabaseEndpoint As(string role, TestDatabase database, string parameters = "", string? password = null) =>
        Named(database.Server.Endpoint(database.Name, role) with { Parameters = parameters })
            .WithPassword(new NetworkCredential("", password ?? PostgreSqlServer.Password).SecurePassword);

    /// <summary>The source as its standby has it, once it has it.</summary>
    internal async Task<DatabaseEndpoint> AtStandbyAsync()
    {
        await CatchUpAsync();
        servers.Add(PostgreSqlServer.Standby);
        return Named(PostgreSqlServer.Standby.Endpoint(Source.Name));
    }

    internal async Task CatchUpAsync()
    {
        string position = await Source.ScalarAsync<string>("SELECT pg_current_wal_lsn()::text");
        await Wait.UntilAsync(
            () => PostgreSqlServer.Standby.Require().ScalarAsync<bool>($"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn"),
            "the standby to have replayed everything");
    }

    /// <summary>Ends the sessions of ours that copy rows.</summary>
    /// <returns>How many there were.</returns>
    internal Task<long> CutAsync(PostgreSqlServer server) => server.ScalarAsync<long>(
        $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '{sessions}' AND query LIKE 'COPY %'");

    /// <summary>Does something while another session has run a statement.</summary>
    internal static async Task WhileAsync(TestDatabase database, string sql, Func<Task> work)
    {
        await using NpgsqlConnection holder = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"SET application_name = 'the cash desk'; {sql}", holder);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await work();
    }

    /// <summary>The repository, locks that have not ended, the databases of the target and their rows.</summary>
    /// <param name="without">Beginnings of paths in the repository that are left out.</param>
    internal async Task<IReadOnlyList<string>> LookAsync(IEnumerable<string> without)
    {
        IReadOnlyList<string> files = FileTree.Read(Workspace.RepositoryPath);
        string[] locks = [.. files.Select(file => file.Split(' ')[0]).Where(name => name.StartsWith(ObjectNames.Locks, StringComparison.Ordinal))];
        string databases = await Live.Server.ScalarAsync<string>(
            $"""
            SELECT coalesce(string_agg(datname, ', ' ORDER BY datname), '') FROM pg_database
            WHERE datname IN ('{Live.Name}', '{Copy.Name}') OR shobj_description(oid, 'pg_database') ~ '{Live.Name}|{Copy.Name}'
            """);
        return
        [
            .. files.Where(file => !without.Append(ObjectNames.Locks).Any(beginning => file.StartsWith(beginning, StringComparison.Ordinal))),
            .. await ListAsync(),
            .. locks.Select(ObjectNames.LockOf).Where(name => !locks.Contains(ObjectNames.End(name), StringComparer.Ordinal)),
            databases,
            await Live.ScalarAsync<string>(Tables),
        ];
    }

    /// <summary>Waits for the server, which ends a session a moment after its client has left.</summary>
    internal async Task RequireNoSessionAsync()
    {
        foreach (PostgreSqlServer server in servers)
        {
            await Wait.UntilAsync(
                async () => await server.ScalarAsync<long>(
                    $"""
                    SELECT count(*) FROM pg_stat_activity
                    WHERE backend_type = 'client backend' AND (application_name = '{sessions}' OR datname IN ('{Source.Name}', '{Live.Name}', '{Copy.Name}'))
                    """) == 0,
                $"the sessions at {server} to end");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        await Source.DisposeAsync();
        await Live.DisposeAsync();
        await Copy.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> ListAsync()
    {
        try
        {
            IReadOnlyList<Backup> listed = await Workspace.RunAsync(new GetDatabaseBackupRequest { Repository = Workspace.Repository });
            return [.. listed.Select(backup => $"{backup.BackupId} {backup.Status}")];
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == Errors.NothingMatched.Code)
        {
            return [];
        }
    }

    private DatabaseEndpoint Named(DatabaseEndpoint endpoint)
    {
        string name = $"application_name={sessions}";
        return endpoint with { Parameters = string.IsNullOrEmpty(endpoint.Parameters) ? name : $"{endpoint.Parameters}&{name}" };
    }

    private async Task MakeAsync()
    {
        await Workspace.NewRepositoryAsync();
        await Source.Server.ExecuteAsync($"CREATE DATABASE {Source.Name}");
        await Source.ExecuteAsync(
            """
            CREATE TABLE public.t(id int PRIMARY KEY, a text);
            INSERT INTO public.t SELECT i, 'row ' || i FROM generate_series(1, 1000) i;
            CREATE TABLE public.u(id int);
            INSERT INTO public.u VALUES (1);
            GRANT SELECT ON public.t TO drpassword;
            """);
        await Live.Server.ExecuteAsync($"CREATE DATABASE {Live.Name}");
        await Live.ExecuteAsync(
            """
            CREATE TABLE public.kept(x int);
            INSERT INTO public.kept VALUES (42);
            CREATE TABLE public.t(old text);
            INSERT INTO public.t VALUES ('old');
            CREATE VIEW public.of_t AS SELECT old FROM public.t;
            """);
    }
}
