using DataResilience.PostgreSql;
using DataResilience.Providers;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>What can be wrong with a server that is restored to, or the way to it.</summary>
internal static class TargetCases
{
    internal static IReadOnlyDictionary<string, TargetCase> All { get; } = new Dictionary<string, TargetCase>(StringComparer.Ordinal)
    {
        ["a server that is not there"] = new(
            Errors.ServerUnreachable, "host and port", (scene, request) => request with { Target = scene.At(scene.Copy) with { Port = 1 } })
        {
            Names = _ => ["127.0.0.1:1/"],
        },
        ["a wrong password"] = new(
            Errors.LoginRejected, "-Credential", (scene, request) => request with { Target = scene.As("drpassword", scene.Copy, password: "not-it") })
        {
            Names = scene => ["rejects the login", "drpassword", scene.Copy.Name],
        },
        ["a server that takes encrypted connections only"] = new(
            Errors.TlsRequired, "sslmode=require", (scene, request) => request with { Target = scene.As("drtls", scene.Copy, "sslmode=disable") })
        {
            Names = scene => ["encrypted connections only", scene.Copy.Name],
        },
        ["a certificate of an authority that is not trusted"] = new(
            Errors.TlsFailed, "sslrootcert", (scene, request) => request with { Target = scene.As("drtls", scene.Copy, SourceCases.Trusting("other-ca.crt")) })
        {
            Names = scene => ["trusted encrypted connection", scene.Copy.Name],
        },
        ["a pooler"] = new(
            Errors.PoolerUnsupported, "the server itself", (scene, request) => request with { Target = PostgreSqlServer.Pooler.Require().Endpoint(scene.Copy.Name) })
        {
            Names = scene => ["connection pooler", scene.Copy.Name],
        },
        ["a user who may not create databases"] = new(
            Errors.TargetPermissionDenied, "as a user who has it", (scene, request) => request with { Target = scene.As("drpassword", scene.Copy) })
        {
            Names = scene => ["may not create databases", scene.Copy.Name],
        },
        ["a database that is there"] = new(
            Errors.TargetExists, "-Replace", (scene, request) => request with { Target = scene.At(scene.Live) })
        {
            Names = scene => [scene.Live.Name],
        },
        ["a database to replace that others use"] = new(
            Errors.TargetInUse, "Close what uses it", (scene, request) => request with { Target = scene.At(scene.Live), Replace = true })
        {
            Names = _ => ["1 session of the cash desk"],
            Around = (scene, work) => ServerScene.WhileAsync(scene.Live, "SELECT 1", work),
        },
        ["a table that is there"] = new(
            Errors.TargetTableExists, "-Replace", (scene, request) => request with { Target = scene.At(scene.Live), Table = ["public.t"] })
        {
            Names = _ => ["'public.t'"],
        },
        ["a table to replace that a view needs"] = new(
            Errors.TargetTableNeeded, "another database", (scene, request) => request with { Target = scene.At(scene.Live), Table = ["public.t"], Replace = true })
        {
            Names = _ => ["'public.t'", "of_t"],
        },
        ["a table for rows alone that is not there"] = new(
            Errors.TargetTableMissing, "-DataOnly", (scene, request) => request with { Target = scene.At(scene.Live), Table = ["public.u"], DataOnly = true })
        {
            Names = _ => ["'public.u'"],
        },
        ["a table to replace that stays locked"] = new(
            Errors.TableLocked,
            "-LockTimeout",
            (scene, request) => request with { Target = scene.At(scene.Live), Table = ["public.t"], Replace = true, LockTimeout = TimeSpan.FromSeconds(0.2) })
        {
            Names = _ => ["'public.t'", "0.2 seconds", "the cash desk"],
            Then = scene => scene.Live.ExecuteAsync("DROP VIEW public.of_t"),
            Around = (scene, work) => ServerScene.WhileAsync(scene.Live, "BEGIN; LOCK TABLE public.t IN ACCESS SHARE MODE", work),
            IsForeseen = false,
        },
        ["an extension that the server has not"] = new(
            Errors.ExtensionMissing, "package", (scene, request) => request with { Target = scene.At(scene.Copy) })
        {
            Names = scene => [$"'{scene.Other}'"],
            // As if it had been made by a package that is on no server here.
            Arrange = scene => scene.Source.ExecuteAsync($"CREATE EXTENSION pgcrypto; UPDATE pg_extension SET extname = '{scene.Other}' WHERE extname = 'pgcrypto'"),
        },
        ["a role that the server has not"] = new(
            Errors.RoleMissing, "-NoOwner", (scene, request) => request with { Target = scene.At(scene.Copy) })
        {
            Names = scene => [$"'{scene.Other}'"],
            Arrange = scene => scene.Source.ExecuteAsync($"CREATE ROLE {scene.Other}; ALTER TABLE public.t OWNER TO {scene.Other}"),
            Then = scene => scene.Source.ExecuteAsync($"REASSIGN OWNED BY {scene.Other} TO postgres; DROP OWNED BY {scene.Other}; DROP ROLE {scene.Other}"),
        },
        ["a tablespace that the server has not"] = new(
            Errors.TablespaceMissing, "Create the tablespace", (scene, request) => request with { Target = scene.At(scene.Copy) })
        {
            Names = scene => [$"'{scene.Other}'"],
            Arrange = MakeTablespaceAsync,
            Then = async scene =>
            {
                await scene.Source.ExecuteAsync("ALTER TABLE public.u SET TABLESPACE pg_default");
                await scene.Source.ExecuteAsync($"DROP TABLESPACE {scene.Other}");
            },
        },
        ["a server older than the source's"] = new(
            Errors.TargetTooOld, "the same major version", (scene, request) => request with { Target = scene.At(scene.Copy) })
        {
            From = PostgreSqlServer.Newer,
            Names = scene => ["older than the source's", scene.Copy.Name],
        },
        ["a connection that is cut in the middle of a table"] = new(
            Errors.ConnectionLost, "the server's log", (scene, request) => request with { Target = scene.At(scene.Copy) })
        {
            Names = scene => [scene.Copy.Name],
            Arrange = scene => scene.Source.ExecuteAsync("INSERT INTO public.t SELECT -i, repeat('x', 1000000) FROM generate_series(1, 50) i"),
            Provider = CutOnce,
            IsForeseen = false,
        },
        ["a disk that is full"] = new(
            Errors.TargetFull, "add space", (scene, request) => request with { Target = scene.At(scene.Copy) })
        {
            To = PostgreSqlServer.Small,
            Names = scene => [scene.Copy.Name],
            // Were the rows logged, the log would fill the disk with them, and the server would not live on.
            Arrange = scene => scene.Source.ExecuteAsync(
                "CREATE UNLOGGED TABLE public.large(a text); INSERT INTO public.large SELECT repeat('x', 1900) FROM generate_series(1, 120000)"),
            IsForeseen = false,
        },
    };

    /// <summary>A tablespace is made on its own: not in a transaction, nor among other statements.</summary>
    private static async Task MakeTablespaceAsync(ServerScene scene)
    {
        await using NpgsqlConnection connection = await scene.Source.OpenConnectionAsync();
        foreach (string sql in new[]
        {
            "SET allow_in_place_tablespaces = on",
            $"CREATE TABLESPACE {scene.Other} LOCATION ''",
            $"ALTER TABLE public.u SET TABLESPACE {scene.Other}",
        })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private static SteppedTargetProvider CutOnce(ServerScene scene)
    {
        bool isCut = false;
        return new SteppedTargetProvider(new PostgreSqlProvider(), step =>
        {
            if (step == TargetStep.LoadBlock && !isCut)
            {
                isCut = scene.CutAsync(scene.Copy.Server).GetAwaiter().GetResult() > 0;
            }
        });
    }
}
