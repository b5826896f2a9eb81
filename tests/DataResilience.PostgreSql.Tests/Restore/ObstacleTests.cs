using DataResilience.Providers;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.PostgreSql.Tests.Restore;

[Trait("Category", "Server")]
public sealed class ObstacleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_stands_in_the_way_of_a_plain_restore()
    {
        await using var scene = new RestoreScene();
        scene.AddTable("t", "a int");

        TargetState state = await TargetInspector.InspectAsync(scene.Address(), scene.All(), Token);

        Assert.Equal((false, true, 0, null), (state.Exists, state.PlaceExists, state.Tables.Count, state.FreeSpace));
        Assert.Empty(state.Obstacles);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_place()
    {
        await using var scene = new RestoreScene();
        ServerAddress nowhere = ServerAddress.Of(scene.Server.Endpoint("x") with { Port = 1 });

        TargetState state = await TargetInspector.InspectAsync(nowhere, scene.All(), Token);

        Assert.False(state.PlaceExists);
        Assert.Single(state.Obstacles);
    }

    [Fact]
    public async Task A_missing_role_is_named_unless_it_is_not_needed_or_made()
    {
        await using var scene = new RestoreScene();
        await using TestRole role = TestRole.Named(scene.Server);
        scene.AddTable("t", "a int");
        scene.Change(item => item with { Owner = role.Name });
        await AssertRefusedAsync(scene, Errors.RoleMissing, role.Name);

        scene.Options = scene.Options with { NoOwner = true };
        Assert.Empty((await TargetInspector.InspectAsync(scene.Address(), scene.All(), Token)).Obstacles);

        scene.Options = scene.Options with { NoOwner = false, IncludeRoles = true };
        await AssertRefusedAsync(scene, Errors.RoleMissing, role.Name);

        scene.Options = scene.Options with
        {
            Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["encoding"] = "UTF8", [$"role@{role.Name}"] = $"CREATE ROLE \"{role.Name}\";" },
        };
        Assert.Empty((await TargetInspector.InspectAsync(scene.Address(), scene.All(), Token)).Obstacles);
    }

    [Fact]
    public async Task A_grantee_that_is_missing_is_named_unless_privileges_are_left_out()
    {
        await using var scene = new RestoreScene();
        await using TestRole role = TestRole.Named(scene.Server);
        scene.AddTable("t", "a int");
        scene.Add("acl", "t", $"GRANT SELECT ON TABLE public.t TO {role.Name};", SchemaPhase.PostData, "public.t", 1);
        scene.Options = scene.Options with
        {
            Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["encoding"] = "UTF8", [$"role@{role.Name}"] = "" },
        };
        await AssertRefusedAsync(scene, Errors.RoleMissing, role.Name);

        scene.Options = scene.Options with { NoPrivileges = true };
        Assert.Empty((await TargetInspector.InspectAsync(scene.Address(), scene.All(), Token)).Obstacles);
    }

    [Fact]
    public async Task A_role_that_is_made_goes_again_with_a_restore_that_is_not_committed()
    {
        await using var scene = new RestoreScene();
        await using TestRole role = TestRole.Named(scene.Server);
        scene.Options = scene.Options with
        {
            IncludeRoles = true,
            Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["encoding"] = "UTF8", [$"role@{role.Name}"] = $"CREATE ROLE \"{role.Name}\";" },
        };
        scene.AddTable("t", "a int");
        scene.Change(item => item with { Owner = role.Name });
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
        }

        Assert.Equal(0, await scene.Server.ScalarAsync<long>($"SELECT count(*) FROM pg_roles WHERE rolname = '{role.Name}'"));
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.CommitAsync(Token);
        }

        Assert.Equal(role.Name, await scene.Target.ScalarAsync<string>("SELECT tableowner::text FROM pg_tables WHERE tablename = 't'"));
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Extensions_and_tablespaces_that_are_missing_are_named()
    {
        await using var scene = new RestoreScene();
        scene.Add("extension", "no_such_extension", "CREATE EXTENSION no_such_extension;");
        await AssertRefusedAsync(scene, Errors.ExtensionMissing, "no_such_extension");

        await using var other = new RestoreScene();
        other.AddTable("t", "a int");
        other.AddOption("tablespace", "no_such_space");
        await AssertRefusedAsync(other, Errors.TablespaceMissing, "no_such_space");
    }

    [Fact]
    public async Task A_server_older_than_the_source_is_refused()
    {
        await using var scene = new RestoreScene();
        scene.Options = scene.Options with { SourceVersion = "99.1 (Debian 99.1-1)" };
        await AssertRefusedAsync(scene, Errors.TargetTooOld, "99.1");
    }

    [Fact]
    public async Task A_name_that_the_server_would_cut_is_refused()
    {
        var scene = new RestoreScene();
        ServerAddress address = ServerAddress.Of(scene.Server.Endpoint(new string('ü', 32)));
        await Expect.ErrorAsync(
            Errors.ArgumentInvalid, () => TargetOpener.OpenAsync(address, scene.All(), new Random(1), TimeProvider.System, Token));
    }

    [Fact]
    public async Task A_user_who_may_not_create_databases_is_told_so()
    {
        await using var role = await TestRole.CreateAsync(PostgreSqlServer.Release);
        await using var scene = new RestoreScene();
        await AssertRefusedAsync(scene, Errors.TargetPermissionDenied, "create databases", role.Name);
    }

    [Fact]
    public async Task A_template_is_replaced_as_any_other_and_what_cannot_be_dropped_is_told()
    {
        await using var scene = new RestoreScene();
        scene.Options = scene.Options with { Replace = true };
        string name = PostgreSqlServer.Quote(scene.Target.Name);
        await scene.Server.ExecuteAsync($"CREATE DATABASE {name} IS_TEMPLATE true");
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            Assert.Empty(await target.CommitAsync(Token));
        }

        await scene.AssertNothingLeftAsync(isThere: true);
        await scene.Server.ExecuteAsync($"ALTER DATABASE {name} IS_TEMPLATE true");
        await using ServerSession maintenance = await MaintenanceSession.OpenAsync(scene.Address(), new TargetFailures(), Token);

        string? told = await TemporaryDatabase.RemoveOldAsync(maintenance, scene.Target.Name, "shop");

        Assert.Contains($"'{scene.Target.Name}'", told, StringComparison.Ordinal);
        Assert.Contains("template", told, StringComparison.Ordinal);
        await scene.Server.ExecuteAsync($"ALTER DATABASE {name} IS_TEMPLATE false");
    }

    [Fact]
    public async Task A_database_that_is_there_is_replaced_only_if_asked_and_only_if_nobody_uses_it()
    {
        await using var scene = new RestoreScene();
        await scene.Server.ExecuteAsync($"CREATE DATABASE {PostgreSqlServer.Quote(scene.Target.Name)}");
        await scene.Target.ExecuteAsync("CREATE TABLE old (a int)");
        await Expect.ErrorAsync(Errors.TargetExists, () => scene.OpenAsync());

        scene.Options = scene.Options with { Replace = true };
        await using (NpgsqlConnection guest = await scene.Target.OpenConnectionAsync())
        {
            await AssertRefusedAsync(scene, Errors.TargetInUse, "1 session of an unnamed application");
        }

        string slot = $"dr_slot_{RestoreScene.NextSeed()}";
        await scene.Target.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{slot}', 'pgoutput')");
        await AssertRefusedAsync(scene, Errors.TargetInUse, slot);
        await scene.Target.ExecuteAsync($"SELECT pg_drop_replication_slot('{slot}')");

        scene.AddTable("fresh", "a int");
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await using (NpgsqlConnection late = await scene.Target.OpenConnectionAsync())
            {
                await Expect.ErrorAsync(Errors.TargetInUse, () => target.CommitAsync(Token));
            }
        }

        Assert.Equal("old", await scene.Target.ScalarAsync<string>("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"));
        await scene.AssertNothingLeftAsync(isThere: true);
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.CommitAsync(Token);
        }

        Assert.Equal("fresh", await scene.Target.ScalarAsync<string>("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"));
        await scene.AssertNothingLeftAsync(isThere: true);
    }

    [Fact]
    public async Task A_name_that_is_taken_meanwhile_is_refused_at_the_end()
    {
        await using var scene = new RestoreScene();
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.Server.ExecuteAsync($"CREATE DATABASE {PostgreSqlServer.Quote(scene.Target.Name)}");
            await Expect.ErrorAsync(Errors.TargetExists, () => target.CommitAsync(Token));
        }

        await scene.AssertNothingLeftAsync(isThere: true);
    }

    internal static async Task AssertRefusedAsync(RestoreScene scene, ErrorDefinition error, string words, string? user = null)
    {
        TargetState state = await TargetInspector.InspectAsync(scene.Address(user), scene.All(), Token);
        Assert.Contains(words, Assert.Single(state.Obstacles), StringComparison.Ordinal);
        DataResilienceException failure = await Expect.ErrorAsync(error, () => scene.OpenAsync(user));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        await scene.AssertNothingLeftAsync(state.Exists);
    }
}
