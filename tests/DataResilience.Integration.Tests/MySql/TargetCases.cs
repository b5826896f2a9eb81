using DataResilience.MySql;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>What can be wrong with a server that is restored to, or the way to it.</summary>
internal static class TargetCases
{
    internal static IReadOnlyDictionary<string, BadCase<RestoreDatabaseRequest>> All { get; } =
        new Dictionary<string, BadCase<RestoreDatabaseRequest>>(StringComparer.Ordinal)
        {
            ["a server that is not there"] = new(
                Errors.ServerUnreachable, "host and port", (scene, request) => request with { Target = scene.At(scene.Copy) with { Port = 1 } })
            {
                Names = _ => ["127.0.0.1:1/"],
            },
            ["a wrong password"] = new(
                Errors.LoginRejected, "-Credential", (scene, request) => request with { Target = scene.At(scene.Copy, password: "not-it") })
            {
                Names = scene => ["rejects the login", scene.Copy.Name],
            },
            ["a user who may not create databases"] = new(
                Errors.PermissionDenied, "Grant", (scene, request) => request with { Target = scene.At(scene.Copy, user: scene.Other) })
            {
                Names = scene => [scene.Copy.Name],
                Then = scene => scene.Copy.Server.ExecuteAsync($"CREATE USER '{scene.Other}'@'%' IDENTIFIED BY '{scene.Copy.Server.Password}'"),
            },
            ["a database that is there"] = new(
                Errors.TargetExists, "-Replace", (scene, request) => request with { Target = scene.At(scene.Live) })
            {
                Names = scene => [scene.Live.Name],
            },
            ["a table that is there"] = new(
                Errors.TargetTableExists, "-Replace", (scene, request) => request with { Target = scene.At(scene.Live), Table = ["t"] })
            {
                Names = _ => ["'t'"],
            },
            ["a table for rows alone that is not there"] = new(
                Errors.TargetTableMissing, "-DataOnly", (scene, request) => request with { Target = scene.At(scene.Live), Table = ["u"], DataOnly = true })
            {
                Names = _ => ["'u'"],
            },
            ["an account as definer that the server has not"] = new(
                Errors.RoleMissing, "-NoOwner", (scene, request) => request with { Target = scene.At(scene.Copy) })
            {
                Names = scene => [scene.Other],
                Arrange = scene => scene.Source.ExecuteAsync(
                    $"CREATE USER '{scene.Other}'@'%' IDENTIFIED BY '{scene.Source.Server.Password}'; CREATE DEFINER = '{scene.Other}'@'%' VIEW v AS SELECT 1 AS one"),
                Then = scene => scene.Source.Server.ExecuteAsync($"DROP USER '{scene.Other}'@'%'"),
            },
            ["a server older than the source's, with a type that only the newer one has"] = new(
                Errors.TargetUnfit, "has it", (scene, request) => request with { Target = scene.At(scene.Copy) })
            {
                From = MySqlServer.MySql,
                To = MySqlServer.MySql84,
                Names = _ => ["vector", "'vectors'"],
                Arrange = scene => scene.Source.ExecuteAsync("CREATE TABLE vectors(v vector(3))"),
            },
            ["a type of column that the other engine has not"] = new(
                Errors.TargetUnfit, "has it", (scene, request) => request with { Target = scene.At(scene.Copy) })
            {
                From = MySqlServer.MariaDb,
                To = MySqlServer.MySql,
                Names = _ => ["inet6"],
                Arrange = scene => scene.Source.ExecuteAsync("CREATE TABLE addresses(a inet6)"),
            },
            ["a row that the server's largest packet does not hold"] = new(
                Errors.PacketTooLarge, "max_allowed_packet", (scene, request) => request with { Target = scene.At(scene.Copy) })
            {
                From = MySqlServer.MySql,
                To = MySqlServer.MariaDb,
                Names = scene => [scene.Copy.Name],
                Arrange = async scene =>
                {
                    await scene.Source.ExecuteAsync("DROP TABLE t, u");
                    await scene.Source.ExecuteAsync($"ALTER DATABASE {scene.Source.Name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
                    await scene.Source.ExecuteAsync("CREATE TABLE large(a longblob); INSERT INTO large VALUES (repeat('x', 20000000))");
                },
                IsForeseen = false,
            },
            ["a connection that is cut in the middle of a table"] = new(
                Errors.ConnectionLost, "the server's log", (scene, request) => request with { Target = scene.At(scene.Copy) })
            {
                Names = scene => [scene.Copy.Name],
                Arrange = scene => scene.Source.ExecuteAsync(
                    "CREATE TABLE wide_rows(id int PRIMARY KEY AUTO_INCREMENT, a longtext); INSERT INTO wide_rows(a) SELECT repeat('x', 10000000) FROM t, t AS more"),
                Provider = CutOnce,
                IsForeseen = false,
            },
        };

    private static SteppedTargetProvider CutOnce(ServerScene scene)
    {
        bool isCut = false;
        return new SteppedTargetProvider(new MySqlProvider(), step =>
        {
            if (step == TargetStep.LoadBlock && !isCut)
            {
                isCut = scene.CutAsync(scene.Copy.Server, "LOAD DATA%").GetAwaiter().GetResult() > 0;
            }
        });
    }
}
