using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Restore;

/// <summary>Databases to restore from and into, which are dropped at the end.</summary>
internal sealed class RestoreScene(MySqlServer server) : IAsyncDisposable
{
    private readonly List<MySqlTestDatabase> databases = [];

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal MySqlServer Server { get; } = server.Require();

    /// <summary>Whether rows are inserted although the server would load them.</summary>
    internal bool NeverLoads { get; init; }

    internal MySqlTestDatabase Name()
    {
        databases.Add(Server.NameDatabase("dr target"));
        return databases[^1];
    }

    internal async Task<MySqlTestDatabase> MakeAsync(params string[] script)
    {
        databases.Add(await Server.CreateDatabaseAsync("dr source", "CHARACTER SET utf8mb4"));
        foreach (string statement in script)
        {
            await databases[^1].ExecuteAsync(statement);
        }

        return databases[^1];
    }

    internal async Task<MySqlTestDatabase> MakeEveryObjectAsync()
    {
        databases.Add(await MySqlEveryObject.CreateAsync(Server));
        return databases[^1];
    }

    internal static async Task<Transfer> ReadAsync(MySqlTestDatabase source)
    {
        await using ISourceSnapshot snapshot = await QuietSource.OpenAsync(ServerAddress.Of(Targets.Of(source)), Token);
        return await Transfer.ReadAsync(snapshot, Token);
    }

    internal Task<IRestoreTarget> OpenAsync(MySqlTestDatabase target, TargetOptions options, string? user = null, CancellationToken? token = null) =>
        TargetOpener.OpenAsync(
            new RestoreSetting(ServerAddress.Of(Targets.Of(target, user)), options, new TargetFailures(), Random.Shared, TimeProvider.System) { NeverLoads = NeverLoads },
            token ?? Token);

    internal async Task<IReadOnlyList<string>> RestoreAsync(Transfer stored, MySqlTestDatabase target, TargetOptions options, string? user = null)
    {
        await using IRestoreTarget restore = await OpenAsync(target, options, user);
        await stored.FillAsync(restore, options, Token);
        await stored.ProveAsync(restore, options, Token);
        return await restore.CommitAsync(Token);
    }

    internal static Task<TargetState> InspectAsync(MySqlTestDatabase target, TargetOptions options, string? user = null) =>
        TargetInspector.InspectAsync(ServerAddress.Of(Targets.Of(target, user)), options, Token);

    /// <summary>Nothing of a restore is left, but for the target where it is wanted.</summary>
    internal static async Task AssertNothingLeftAsync(MySqlTestDatabase target, bool isThere = false) =>
        Assert.Equal(isThere ? [target.Name] : [], await Traces.OfAsync(target));

    public async ValueTask DisposeAsync()
    {
        // A table cannot go before those whose foreign keys refer to it.
        foreach (MySqlTestDatabase database in databases.AsEnumerable().Reverse())
        {
            await database.DisposeAsync();
        }
    }
}
