using System.ComponentModel;
using DataResilience.PostgreSql;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>What can be wrong with a server that is read, the way to it, or this host.</summary>
internal static class SourceCases
{
    // Whole packs come before a backup that fails in its middle, and the next run uses them.
    private static readonly string[] Rows = ["packs/", "index/"];

    internal static IReadOnlyDictionary<string, SourceCase> All { get; } = new Dictionary<string, SourceCase>(StringComparer.Ordinal)
    {
        ["a server that is not there"] = new(
            Errors.ServerUnreachable, "host and port", (scene, request) => request with { Source = scene.At(scene.Source) with { Port = 1 } })
        {
            Names = _ => ["127.0.0.1:1/"],
        },
        ["a wrong password"] = new(
            Errors.LoginRejected, "-Credential", (scene, request) => request with { Source = scene.As("drpassword", scene.Source, password: "not-it") })
        {
            Names = _ => ["drpassword"],
        },
        ["a server that takes encrypted connections only"] = new(
            Errors.TlsRequired, "sslmode=require", (scene, request) => request with { Source = scene.As("drtls", scene.Source, "sslmode=disable") })
        {
            Names = scene => [scene.Source.Name],
        },
        ["a certificate of an authority that is not trusted"] = new(
            Errors.TlsFailed, "sslrootcert", (scene, request) => request with { Source = scene.As("drtls", scene.Source, Trusting("other-ca.crt")) })
        {
            Names = scene => [scene.Source.Name],
        },
        ["a database that is not there"] = new(
            Errors.SourceNotFound, "Check the name", (scene, request) => request with { Source = scene.At(scene.Copy) })
        {
            Names = scene => [scene.Copy.Name],
        },
        ["a pooler"] = new(
            Errors.PoolerUnsupported, "the server itself", (_, request) => request with { Source = PostgreSqlServer.Pooler.Require().Endpoint("postgres") })
        {
            Names = _ => [PostgreSqlServer.Pooler.Endpoint("postgres").ToString()],
        },
        ["no pg_dump"] = new(Errors.ClientToolMissing, "Install the package", (_, request) => request)
        {
            Names = _ => ["pg_dump", "the package postgresql-client-", "found: none"],
            Provider = _ => WithClientsOf(folder: null),
        },
        ["a pg_dump that is older than the server"] = new(Errors.ClientToolMissing, "Install the package", (_, request) => request)
        {
            Server = PostgreSqlServer.Newer,
            Names = _ => ["pg_dump", "the package postgresql-client-", Path.Combine(PostgreSqlServer.Release.Binaries, "pg_dump")],
            Provider = _ => WithClientsOf(PostgreSqlServer.Release.Binaries),
        },
        ["a table that stays locked"] = new(
            Errors.TableLocked, "-LockTimeout", (_, request) => request with { LockTimeout = TimeSpan.FromSeconds(0.2) })
        {
            Names = _ => ["'public.u'", "0.2 seconds", "process ", " of postgres (the cash desk)"],
            Around = (scene, work) => ServerScene.WhileAsync(scene.Source, "BEGIN; LOCK TABLE public.u IN ACCESS EXCLUSIVE MODE", work),
        },
        ["a table that may not be read"] = new(
            Errors.PermissionDenied, "-ExcludeTable", (scene, request) => request with { Source = scene.As("drpassword", scene.Source) })
        {
            Names = _ => ["'public.u'"],
        },
        ["a standby that cancels the snapshot"] = new(Errors.SnapshotCancelled, "hot_standby_feedback", (_, request) => request)
        {
            Names = scene => [scene.Source.Name],
            Provider = scene => new WatchedSourceProvider(new StandbySourceProvider(new PostgreSqlProvider(), scene), async _ =>
            {
                // The standby must remove what the snapshot still sees.
                await scene.Source.ExecuteAsync("DELETE FROM public.t");
                await scene.Source.ExecuteAsync("VACUUM public.t");
                await scene.CatchUpAsync();
            }),
        },
        ["a connection that is cut in the middle of a table"] = new(Errors.ConnectionLost, "the server's log", (_, request) => request)
        {
            Names = scene => [scene.Source.Name],
            Arrange = scene => scene.Source.ExecuteAsync("INSERT INTO public.t SELECT -i, repeat('x', 1000000) FROM generate_series(1, 100) i"),
            Provider = scene => new ReaderShares { When = (1, () => RequireCutAsync(scene)) }.Around(new PostgreSqlProvider()),
            MayCome = Rows,
        },
    };

    internal static string Trusting(string authority) => $"sslmode=verify-full&sslrootcert={PostgreSqlServer.Certificate(authority)}";

    private static async Task RequireCutAsync(ServerScene scene) => Assert.NotEqual(0, await scene.CutAsync(scene.Source.Server));

    /// <summary>A host that has no programs of PostgreSQL's but those in a folder.</summary>
    private static PostgreSqlProvider WithClientsOf(string? folder) => new()
    {
        ClientHost = new ClientHost(
            name => name == ClientToolFinder.DirectoriesVariable ? folder : null,
            start => folder is not null && Path.GetDirectoryName(start.FileName) == folder ? ClientHost.Local.Start(start) : throw new Win32Exception()),
    };

    /// <summary>Reads the standby of the source instead of the source.</summary>
    private sealed class StandbySourceProvider(IDatabaseProvider inner, ServerScene scene) : ProviderDecorator(inner)
    {
        public override async Task<ISourceSnapshot> OpenSnapshotAsync(
            DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken) =>
            await base.OpenSnapshotAsync(await scene.AtStandbyAsync(), options, cancellationToken);
    }
}
