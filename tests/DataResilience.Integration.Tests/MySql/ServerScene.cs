using System.Net;
using DataResilience.Engine.Repository;
using DataResilience.Testing;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>
/// A database at a server, a repository, and at another or the same server a database that is there and a name that is not, ready
/// for something to be wrong. Sessions of ours are those of an account that only this scene has.
/// </summary>
internal sealed class ServerScene : IAsyncDisposable
{
    private readonly HashSet<MySqlServer> servers = [];

    private ServerScene(MySqlServer source, MySqlServer target)
    {
        Source = source.NameDatabase("bad_source");
        Live = target.NameDatabase("bad_live");
        Copy = target.NameDatabase("bad_copy");
        servers.UnionWith([source, target]);
    }

    internal Workspace Workspace { get; } = new();

    internal MySqlTestDatabase Source { get; }

    /// <summary>A target that is there.</summary>
    internal MySqlTestDatabase Live { get; }

    /// <summary>A target that is not there.</summary>
    internal MySqlTestDatabase Copy { get; }

    /// <summary>The account whose sessions are ours; it may do everything.</summary>
    internal string User { get; } = $"dr_{Guid.NewGuid():N}"[..20];

    /// <summary>The name of an account that a case makes.</summary>
    internal string Other { get; } = $"dr_{Guid.NewGuid():N}"[..20];

    internal static async Task<ServerScene> OpenAsync(MySqlServer source, MySqlServer target)
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

    /// <summary>A database as the account of this scene, or as another.</summary>
    internal DatabaseEndpoint At(MySqlTestDatabase database, string parameters = "", string? user = null, string? password = null) =>
        (database.Server.Endpoint(database.Name, user ?? User) with { Parameters = parameters })
            .WithPassword(new NetworkCredential("", password ?? database.Server.Password).SecurePassword);

    /// <summary>Ends the sessions of ours.</summary>
    /// <param name="server">Where.</param>
    /// <param name="doing">What their statement is like; null for all, also those that do nothing now.</param>
    /// <returns>How many there were.</returns>
    internal async Task<int> CutAsync(MySqlServer server, string? doing = null)
    {
        string condition = doing is null ? "" : $" AND info LIKE '{doing}'";
        string ids = await server.ScalarAsync<string>(
            $"SELECT CAST(coalesce(group_concat(id), '') AS char) FROM information_schema.processlist WHERE user = '{User}'{condition}");
        string[] sessions = ids.Split(',', StringSplitOptions.RemoveEmptyEntries);
        foreach (string session in sessions)
        {
            await server.ExecuteAsync($"KILL {session}");
        }

        return sessions.Length;
    }

    /// <summary>Does something while another session has run statements.</summary>
    internal static async Task WhileAsync(MySqlTestDatabase database, string sql, Func<Task> work)
    {
        await using MySqlConnection holder = await database.OpenConnectionAsync();
        await using var command = new MySqlCommand(sql, holder);
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
            SELECT CAST(coalesce(group_concat(DISTINCT schema_name ORDER BY schema_name), '') AS char) FROM information_schema.schemata
            WHERE schema_name IN ('{Live.Name}', '{Copy.Name}') OR schema_name LIKE '%{Live.Name}%' OR schema_name LIKE '%{Copy.Name}%'
            """);
        return
        [
            .. files.Where(file => !without.Append(ObjectNames.Locks).Any(beginning => file.StartsWith(beginning, StringComparison.Ordinal))),
            .. locks.Select(ObjectNames.LockOf).Where(name => !locks.Contains(ObjectNames.End(name), StringComparer.Ordinal)),
            databases,
            await Live.DumpSchemaAsync(),
            await Checksums.ReadAsync(Live),
        ];
    }

    /// <summary>Waits for the server, which ends a session a moment after its client has left.</summary>
    internal async Task RequireNoSessionAsync()
    {
        foreach (MySqlServer server in servers)
        {
            await Wait.UntilAsync(
                async () => await server.ScalarAsync<long>($"SELECT count(*) FROM information_schema.processlist WHERE user = '{User}'") == 0,
                $"the sessions at {server} to end");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        foreach (MySqlServer server in servers)
        {
            await server.ExecuteAsync($"DROP USER IF EXISTS '{User}'@'%', '{Other}'@'%'");
        }

        await Source.DisposeAsync();
        await Live.DisposeAsync();
        await Copy.DisposeAsync();
    }

    private async Task MakeAsync()
    {
        await Workspace.NewRepositoryAsync();
        foreach (MySqlServer server in servers)
        {
            await server.ExecuteAsync(
                $"CREATE USER '{User}'@'%' IDENTIFIED BY '{server.Password}'; GRANT ALL ON *.* TO '{User}'@'%' WITH GRANT OPTION");
        }

        await Source.Server.ExecuteAsync($"CREATE DATABASE {Source.Name}");
        await Source.ExecuteAsync(
            """
            CREATE TABLE t(id int PRIMARY KEY, a varchar(50));
            INSERT INTO t VALUES (1, 'row 1'), (2, 'row 2'), (3, 'row 3');
            CREATE TABLE u(id int);
            INSERT INTO u VALUES (1)
            """);
        await Live.Server.ExecuteAsync($"CREATE DATABASE {Live.Name}");
        await Live.ExecuteAsync(
            """
            CREATE TABLE kept(x int);
            INSERT INTO kept VALUES (42);
            CREATE TABLE t(old text);
            INSERT INTO t VALUES ('old');
            CREATE VIEW of_t AS SELECT old FROM t
            """);
    }
}
