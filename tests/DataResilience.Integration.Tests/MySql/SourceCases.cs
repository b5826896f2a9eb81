using DataResilience.MySql;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>What can be wrong with a server that is read, or the way to it.</summary>
internal static class SourceCases
{
    // Whole packs come before a backup that fails in its middle, and the next run uses them.
    private static readonly string[] Rows = ["packs/", "index/"];

    internal static IReadOnlyDictionary<string, BadCase<BackupDatabaseRequest>> All { get; } =
        new Dictionary<string, BadCase<BackupDatabaseRequest>>(StringComparer.Ordinal)
        {
            ["a server that is not there"] = new(
                Errors.ServerUnreachable, "host and port", (scene, request) => request with { Source = scene.At(scene.Source) with { Port = 1 } })
            {
                Names = _ => ["127.0.0.1:1/"],
            },
            ["a wrong password"] = new(
                Errors.LoginRejected, "-Credential", (scene, request) => request with { Source = scene.At(scene.Source, password: "not-it") })
            {
                Names = scene => [scene.User],
            },
            ["a certificate of an authority that is not trusted"] = new(
                Errors.TlsFailed,
                "ssl-ca",
                (scene, request) => request with { Source = scene.At(scene.Source, $"ssl-mode=VERIFY_CA&ssl-ca={scene.Source.Server.Certificate("other-ca.crt")}") })
            {
                Names = scene => [scene.Source.Name],
            },
            ["a database that is not there"] = new(
                Errors.SourceNotFound, "Check the name", (scene, request) => request with { Source = scene.At(scene.Copy) })
            {
                Names = scene => [scene.Copy.Name],
            },
            ["a table that may not be read"] = new(
                Errors.PermissionDenied, "-ExcludeTable", (scene, request) => request with { Source = scene.At(scene.Source, user: scene.Other) })
            {
                Names = _ => ["'u'"],
                Arrange = scene => scene.Source.Server.ExecuteAsync(
                    $"""
                    CREATE USER '{scene.Other}'@'%' IDENTIFIED BY '{scene.Source.Server.Password}';
                    GRANT SELECT, SHOW VIEW, TRIGGER ON {scene.Source.Name}.t TO '{scene.Other}'@'%';
                    GRANT SELECT (id) ON {scene.Source.Name}.u TO '{scene.Other}'@'%'
                    """),
            },
            ["a table that stays locked"] = new(
                Errors.SnapshotNotHeld, "-LockTimeout", (_, request) => request with { LockMode = LockMode.TableLocks, LockTimeout = TimeSpan.FromSeconds(1) })
            {
                Names = scene => [scene.Source.Name, "LOCK TABLES"],
                Around = (scene, work) => ServerScene.WhileAsync(scene.Source, "LOCK TABLES u WRITE", work),
            },
            ["a connection that is cut in the middle of a table"] = new(Errors.ConnectionLost, "the server's log", (_, request) => request)
            {
                Names = scene => [scene.Source.Name],
                Arrange = scene => scene.Source.ExecuteAsync(
                    "CREATE TABLE wide_rows(id int PRIMARY KEY AUTO_INCREMENT, a longtext); INSERT INTO wide_rows(a) SELECT repeat('x', 10000000) FROM t, t AS more"),
                Provider = scene => new ReaderShares { When = (1, () => RequireCutAsync(scene)) }.Around(new MySqlProvider()),
                MayCome = Rows,
            },
        };

    private static async Task RequireCutAsync(ServerScene scene) => Assert.NotEqual(0, await scene.CutAsync(scene.Source.Server));
}
