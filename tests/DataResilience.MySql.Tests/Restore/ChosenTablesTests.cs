using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Restore;

[Trait("Category", "Server")]
[Collection("Restores")]
public sealed class ChosenTablesTests
{
    // A table in the middle: it refers to another and to itself, others refer to it, and it has a trigger, a check and a view.
    private static readonly string[] Shop =
    [
        "CREATE TABLE area (id int PRIMARY KEY)",
        "CREATE TABLE shop (id int PRIMARY KEY AUTO_INCREMENT, area int, main int, n int, INDEX by_n (n), "
            + "CONSTRAINT in_area FOREIGN KEY (area) REFERENCES area (id), CONSTRAINT of_main FOREIGN KEY (main) REFERENCES shop (id), CONSTRAINT positive CHECK (n > 0)) AUTO_INCREMENT=100",
        "CREATE TABLE sale (id int PRIMARY KEY, shop int, CONSTRAINT at_shop FOREIGN KEY (shop) REFERENCES shop (id) ON DELETE CASCADE)",
        "CREATE VIEW shops AS SELECT id, n FROM shop",
        "CREATE TRIGGER counted BEFORE INSERT ON shop FOR EACH ROW SET NEW.n = NEW.n + 1",
        "CREATE TRIGGER sold BEFORE INSERT ON sale FOR EACH ROW SET NEW.id = NEW.id",
        "INSERT INTO area VALUES (1), (2)",
        "INSERT INTO shop VALUES (1, 1, NULL, 1), (2, 2, 1, 2), (3, 2, 3, 3)",
        "INSERT INTO sale VALUES (1, 1), (2, 2), (3, 3)",
    ];

    public static TheoryData<string> Servers => MySqlServer.Versions;

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_table_that_others_refer_to_is_replaced(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase database = await scene.MakeAsync(Shop);
        string[] before = await WholeDatabaseTests.DumpAsync(database);
        Transfer stored = await RestoreScene.ReadAsync(database);
        await database.ExecuteAsync("UPDATE shop SET n = 50; INSERT INTO area VALUES (9); INSERT INTO shop VALUES (7, 9, NULL, 1); INSERT INTO sale VALUES (7, 7); DELETE FROM area WHERE id = 9000");
        await database.ExecuteAsync("ALTER TABLE shop ADD COLUMN more int, DROP INDEX by_n; DROP TRIGGER counted; CREATE TRIGGER other BEFORE UPDATE ON shop FOR EACH ROW SET NEW.n = 1");

        IReadOnlyList<string> warnings = await scene.RestoreAsync(stored, database, stored.Options(replace: true, tables: ["shop"]));

        Assert.Equal(before, await WholeDatabaseTests.DumpAsync(database));
        Assert.Contains("1 rows of sale have no parent by the foreign key 'at_shop'", Assert.Single(warnings), StringComparison.Ordinal);
        await database.ExecuteAsync("DELETE FROM sale WHERE id = 7; DELETE FROM shop WHERE id = 2");
        Assert.Equal(2, await database.ScalarAsync<long>("SELECT COUNT(*) FROM sale"));
        Assert.Equal(3, await database.ScalarAsync<long>("SELECT COUNT(*) FROM area"));
        await RestoreScene.AssertNothingLeftAsync(database, isThere: true);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_table_whose_parent_is_not_there_comes_without_the_foreign_key_or_with_it_and_says_so(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        Transfer stored = await RestoreScene.ReadAsync(await scene.MakeAsync(Shop));
        MySqlTestDatabase target = await scene.MakeAsync("CREATE TABLE other (a int)");

        IReadOnlyList<string> warnings = await scene.RestoreAsync(stored, target, stored.Options(tables: ["sale"]));

        Assert.Contains(warnings, warning => warning.Contains("'at_shop'", StringComparison.Ordinal) && warning.Contains("shop", StringComparison.Ordinal));
        Assert.Equal(3, await target.ScalarAsync<long>("SELECT COUNT(*) FROM sale"));
        await RestoreScene.AssertNothingLeftAsync(target, isThere: true);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Tables_that_refer_to_each_other_are_replaced_together(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase database = await scene.MakeAsync(Shop);
        string[] before = await WholeDatabaseTests.DumpAsync(database);
        Transfer stored = await RestoreScene.ReadAsync(database);
        await database.ExecuteAsync("DELETE FROM sale; DELETE FROM shop WHERE id = 2");

        Assert.Empty(await scene.RestoreAsync(stored, database, stored.Options(replace: true, tables: ["area", "shop", "sale"])));

        Assert.Equal(before, await WholeDatabaseTests.DumpAsync(database));
        Assert.Equal(3, await database.ScalarAsync<long>("SELECT COUNT(*) FROM sale"));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_table_that_somebody_holds_is_waited_for_and_nothing_changes(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase database = await scene.MakeAsync(Shop);
        string[] before = await WholeDatabaseTests.DumpAsync(database);
        Transfer stored = await RestoreScene.ReadAsync(database);
        await using MySqlConnector.MySqlConnection holder = await database.OpenConnectionAsync();
        await using var hold = new MySqlConnector.MySqlCommand("START TRANSACTION; UPDATE shop SET n = 5", holder);
        await hold.ExecuteNonQueryAsync(RestoreScene.Token);
        TargetOptions options = stored.Options(replace: true, tables: ["shop"]) with { LockTimeout = TimeSpan.FromSeconds(1) };

        await Expect.ErrorAsync(Errors.TableLocked, () => scene.RestoreAsync(stored, database, options));

        await holder.CloseAsync();
        Assert.Equal(before, await WholeDatabaseTests.DumpAsync(database));
        await RestoreScene.AssertNothingLeftAsync(database, isThere: true);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Rows_alone_replace_the_present_ones_in_one_step(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase database = await scene.MakeAsync(Shop);
        Transfer stored = await RestoreScene.ReadAsync(database);
        await database.ExecuteAsync("DROP TRIGGER counted; DROP TRIGGER sold; UPDATE shop SET n = 50; DELETE FROM sale");
        TargetOptions options = stored.Options(replace: true, tables: ["shop", "sale"], dataOnly: true);

        await using (IRestoreTarget restore = await scene.OpenAsync(database, options))
        {
            await stored.FillAsync(restore, options, RestoreScene.Token);
            await stored.ProveAsync(restore, options, RestoreScene.Token);
            Assert.Equal(150, await database.ScalarAsync<decimal>("SELECT SUM(n) FROM shop"));
        }

        Assert.Equal(150, await database.ScalarAsync<decimal>("SELECT SUM(n) FROM shop"));
        await scene.RestoreAsync(stored, database, options);
        Assert.Equal((6, 3), ((int)await database.ScalarAsync<decimal>("SELECT SUM(n) - 3 FROM shop"), (int)await database.ScalarAsync<long>("SELECT COUNT(*) FROM sale")));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Rows_alone_are_refused_where_they_would_do_more_than_come(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase database = await scene.MakeAsync([.. Shop, "CREATE TABLE isam (a int) ENGINE=MyISAM"]);
        Transfer stored = await RestoreScene.ReadAsync(database);

        DataResilienceException fires = await Expect.ErrorAsync(Errors.FeatureUnsupported, () => scene.OpenAsync(database, stored.Options(tables: ["shop"], dataOnly: true)));
        Assert.Contains("'counted'", fires.Message, StringComparison.Ordinal);
        DataResilienceException halfway = await Expect.ErrorAsync(Errors.FeatureUnsupported, () => scene.OpenAsync(database, stored.Options(tables: ["isam"], dataOnly: true)));
        Assert.Contains("MyISAM", halfway.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Rows_alone_without_their_parents_fail(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase database = await scene.MakeAsync(Shop);
        Transfer stored = await RestoreScene.ReadAsync(database);
        await database.ExecuteAsync("DROP TRIGGER sold; DELETE FROM sale; DELETE FROM shop WHERE id = 2");
        TargetOptions options = stored.Options(tables: ["sale"], dataOnly: true);

        await using IRestoreTarget restore = await scene.OpenAsync(database, options);
        await restore.LoadRowsAsync(options.Tables[0], stored.Rows("sale"), RestoreScene.Token);

        Assert.Equal("1 rows of sale have no parent by the foreign key 'at_shop'", Assert.Single((await restore.CheckAsync(RestoreScene.Token)).Findings));
    }
}
