using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Restore;

[Trait("Category", "Server")]
[Collection("Restores")]
public sealed class WholeDatabaseTests
{
    public static TheoryData<string> Servers => MySqlServer.Versions;

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Everything_is_restored_as_it_was(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase source = await scene.MakeEveryObjectAsync();
        Transfer stored = await RestoreScene.ReadAsync(source);
        MySqlTestDatabase target = scene.Name();

        TargetOptions options = stored.Options();

        await using (IRestoreTarget restore = await scene.OpenAsync(target, options))
        {
            await stored.FillAsync(restore, options, RestoreScene.Token);
            await stored.ProveAsync(restore, options, RestoreScene.Token);
            TargetCheck check = await restore.CheckAsync(RestoreScene.Token);
            Assert.DoesNotContain(check.Warnings, warning => warning.Contains("local_infile", StringComparison.Ordinal));
            await restore.CommitAsync(RestoreScene.Token);
        }

        Assert.Equal(await DumpAsync(source), await DumpAsync(target));
        await RestoreScene.AssertNothingLeftAsync(target, isThere: true);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Everything_is_inserted_as_it_was_where_nothing_may_be_loaded(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server)) { NeverLoads = true };
        MySqlTestDatabase source = await scene.MakeEveryObjectAsync();
        Transfer stored = await RestoreScene.ReadAsync(source);
        MySqlTestDatabase target = scene.Name();
        TargetOptions options = stored.Options();

        await using IRestoreTarget restore = await scene.OpenAsync(target, options);
        await stored.FillAsync(restore, options, RestoreScene.Token);
        await stored.ProveAsync(restore, options, RestoreScene.Token);
        TargetCheck check = await restore.CheckAsync(RestoreScene.Token);

        Assert.Contains(check.Warnings, warning => warning.Contains("local_infile", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Everything_that_is_there_is_replaced(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase source = await scene.MakeEveryObjectAsync();
        MySqlTestDatabase target = await scene.MakeEveryObjectAsync();
        Transfer stored = await RestoreScene.ReadAsync(source);
        await target.ExecuteAsync("CREATE TABLE only_here (a int); CREATE VIEW only_view AS SELECT a FROM only_here");
        await target.ExecuteAsync("CREATE TRIGGER only_trigger BEFORE INSERT ON only_here FOR EACH ROW SET NEW.a = 1");

        IReadOnlyList<string> warnings = await scene.RestoreAsync(stored, target, stored.Options(replace: true));

        Assert.Empty(warnings);
        Assert.Equal(await DumpAsync(source), await DumpAsync(target));
        await RestoreScene.AssertNothingLeftAsync(target, isThere: true);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_replacement_that_fails_leaves_everything_as_it_was(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase source = await scene.MakeAsync("CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
        MySqlTestDatabase target = await scene.MakeEveryObjectAsync();
        string[] before = await DumpAsync(target);
        Transfer stored = await RestoreScene.ReadAsync(source);
        TargetOptions options = stored.Options(replace: true);
        // It comes last, when the tables have been renamed.
        options = options with { Objects = [.. options.Objects, Event(options.Objects.Count + 1)] };

        await using (IRestoreTarget restore = await scene.OpenAsync(target, options))
        {
            await stored.FillAsync(restore, options, RestoreScene.Token);
            await Expect.ErrorAsync(Errors.ObjectNotCreated, () => restore.CommitAsync(RestoreScene.Token));
        }

        Assert.Equal(before, await DumpAsync(target));
        await RestoreScene.AssertNothingLeftAsync(target, isThere: true);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_foreign_key_of_another_database_goes_on_to_hold(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase target = await scene.MakeAsync("CREATE TABLE p (id int PRIMARY KEY)", "INSERT INTO p VALUES (1), (2)");
        Transfer stored = await RestoreScene.ReadAsync(target);
        MySqlTestDatabase other = await scene.MakeAsync(
            $"CREATE TABLE c (id int PRIMARY KEY, p int, CONSTRAINT to_p FOREIGN KEY (p) REFERENCES {MySqlServer.Quote(target.Name)}.p (id) ON DELETE CASCADE)");
        await target.ExecuteAsync("INSERT INTO p VALUES (3)");
        await other.ExecuteAsync("INSERT INTO c VALUES (1, 1), (3, 3)");

        IReadOnlyList<string> warnings = await scene.RestoreAsync(stored, target, stored.Options(replace: true));

        Assert.Contains("1 rows of c have no parent by the foreign key 'to_p'", Assert.Single(warnings), StringComparison.Ordinal);
        await target.ExecuteAsync("DELETE FROM p WHERE id = 1");
        Assert.Equal(1, await other.ScalarAsync<long>("SELECT COUNT(*) FROM c"));
        await RestoreScene.AssertNothingLeftAsync(target, isThere: true);
    }

    internal static async Task<string[]> DumpAsync(MySqlTestDatabase database) =>
    [
        .. (await database.DumpSchemaAsync())
            .Replace(SqlText.Name(database.Name), "`database`", StringComparison.Ordinal)
            .Replace(" CHARACTER SET utf8mb4 COLLATE", " COLLATE", StringComparison.Ordinal)
            .Split('\n'),
    ];

    private static SchemaObject Event(int id) => new()
    {
        Id = id,
        Kind = ObjectKind.Event,
        Name = "broken",
        Phase = SchemaPhase.PostData,
        Definition = "CREATE EVENT broken ON SCHEDULE EVERY 1 NEVER DO SELECT 1",
    };
}
