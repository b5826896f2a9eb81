using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Restore;

[Trait("Category", "Server")]
[Collection("Restores")]
public sealed class ObstacleTests
{
    public static TheoryData<string> Servers => MySqlServer.Versions;

    [Fact]
    public async Task What_MariaDB_lacks_is_told_before_anything_is_changed()
    {
        await using var source = new RestoreScene(MySqlServer.MySql);
        await using var scene = new RestoreScene(MySqlServer.MariaDb);
        Transfer stored = await RestoreScene.ReadAsync(await source.MakeAsync(
            "CREATE TABLE unseen (id int PRIMARY KEY, a int INVISIBLE, b varchar(10), KEY e ((LOWER(b)))) COLLATE utf8mb4_0900_ai_ci",
            "CREATE TABLE places (p point NOT NULL SRID 4326)",
            "CREATE TABLE numbers_of (v vector(3))"));
        MySqlTestDatabase target = scene.Name();

        TargetState state = await RestoreScene.InspectAsync(target, stored.Options());

        string all = string.Join("\n", state.Obstacles);
        Assert.All(
            ["the collation utf8mb4_0900_ai_ci", "an invisible column or index of the table 'unseen'", "an index on an expression 'e' of the table 'unseen'",
                "a column bound to a spatial reference system of the table 'places'", "a column of the type vector of the table 'numbers_of'"],
            what => Assert.Contains(what, all, StringComparison.Ordinal));
        await Expect.ErrorAsync(Errors.TargetUnfit, () => scene.OpenAsync(target, stored.Options()));
        await RestoreScene.AssertNothingLeftAsync(target);
    }

    [Fact]
    public async Task What_MySQL_lacks_is_told_before_anything_is_changed()
    {
        await using var source = new RestoreScene(MySqlServer.MariaDbNewer);
        await using var scene = new RestoreScene(MySqlServer.MySql84);
        Transfer stored = await RestoreScene.ReadAsync(await source.MakeAsync(
            "CREATE SEQUENCE counting",
            "CREATE TABLE t (id uuid PRIMARY KEY, i inet6) COLLATE utf8mb4_uca1400_ai_ci",
            "CREATE TABLE old (id int PRIMARY KEY) WITH SYSTEM VERSIONING",
            "CREATE TABLE in_aria (id int) ENGINE=Aria"));
        MySqlTestDatabase target = scene.Name();

        TargetState state = await RestoreScene.InspectAsync(target, stored.Options());

        string all = string.Join("\n", state.Obstacles);
        Assert.All(
            ["the sequence 'counting'", "the collation utf8mb4_uca1400_ai_ci", "a column of the type uuid of the table 't'", "a column of the type inet6",
                "the history of rows of the table 'old'", "the storage engine Aria of the table 'in_aria'"],
            what => Assert.Contains(what, all, StringComparison.Ordinal));
        await Expect.ErrorAsync(Errors.TargetUnfit, () => scene.OpenAsync(target, stored.Options()));
    }

    [Theory]
    [InlineData("mysql", "mariadb")]
    [InlineData("mariadbnewer", "mysql84")]
    public async Task What_both_families_have_goes_from_one_to_the_other(string from, string to)
    {
        await using var source = new RestoreScene(MySqlServer.Named(from));
        await using var scene = new RestoreScene(MySqlServer.Named(to));
        Transfer stored = await RestoreScene.ReadAsync(await source.MakeAsync(
            "ALTER DATABASE COLLATE utf8mb4_general_ci",
            "CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT, j json, f float, d datetime(6), b bit(9), g point, s set('a','b'), x varchar(50), KEY x (x)) COLLATE utf8mb4_general_ci",
            "INSERT INTO t VALUES (1, '{\"a\": [1, 2.5]}', 0.1, '2020-02-03 04:05:06.7', b'101', ST_GeomFromText('POINT(1 2)'), 'a,b', 'größe 🙂')",
            "CREATE PROCEDURE p() SELECT 1",
            "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.x = 'y'"));
        MySqlTestDatabase target = scene.Name();

        await scene.RestoreAsync(stored, target, stored.Options());

        Assert.Equal(1, await target.ScalarAsync<long>("SELECT COUNT(*) FROM t WHERE x = 'größe 🙂' AND f = CAST(0.1 AS FLOAT) AND b = 5 AND JSON_EXTRACT(j, '$.a[1]') = 2.5"));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_definer_that_is_not_there_is_an_obstacle_unless_owners_are_left_out(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase source = await scene.MakeAsync("CREATE TABLE t (a int)", "CREATE VIEW v AS SELECT a FROM t", "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1");
        Transfer stored = await RestoreScene.ReadAsync(source);
        TargetOptions options = stored.Options();
        options = options with
        {
            Objects = [.. options.Objects.Where(item => item.Kind is not (ObjectKind.User or ObjectKind.Grant)).Select(item => item.Owner.Length == 0 ? item : item with
            {
                Owner = "nobody_at_all@localhost",
                Definition = item.Definition.Replace("`dradmin`@`%`", "`nobody_at_all`@`localhost`", StringComparison.Ordinal),
            })],
        };
        MySqlTestDatabase target = scene.Name();

        Assert.Contains("'nobody_at_all@localhost'", Assert.Single((await RestoreScene.InspectAsync(target, options)).Obstacles), StringComparison.Ordinal);
        await Expect.ErrorAsync(Errors.RoleMissing, () => scene.OpenAsync(target, options));

        await scene.RestoreAsync(stored, target, options with { NoOwner = true });
        Assert.Equal("dradmin@%", await target.ScalarAsync<string>($"SELECT definer FROM information_schema.views WHERE table_schema = '{target.Name}'"));
        Assert.Equal("dradmin@%", await target.ScalarAsync<string>($"SELECT definer FROM information_schema.triggers WHERE trigger_schema = '{target.Name}'"));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_right_that_is_missing_is_told_and_with_it_the_restore_succeeds(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        Transfer stored = await RestoreScene.ReadAsync(await scene.MakeAsync("CREATE TABLE t (a int PRIMARY KEY, b int, KEY b (b))", "INSERT INTO t VALUES (1, 2)", "CREATE VIEW v AS SELECT a FROM t"));
        TargetOptions options = stored.Options() with { NoPrivileges = true, NoOwner = true };
        MySqlTestDatabase target = scene.Name();
        string user = $"dr_user_{Guid.NewGuid():N}"[..20];
        await scene.Server.ExecuteAsync($"CREATE USER '{user}'@'%' IDENTIFIED BY '{scene.Server.Password}'");
        try
        {
            Assert.Contains("CREATE, DROP, ALTER", Assert.Single((await RestoreScene.InspectAsync(target, options, user)).Obstacles), StringComparison.Ordinal);
            await Expect.ErrorAsync(Errors.PermissionDenied, () => scene.OpenAsync(target, options, user));

            await scene.Server.ExecuteAsync($"GRANT ALL ON `{target.Name.Replace("_", "\\_", StringComparison.Ordinal)}`.* TO '{user}'@'%'");
            await scene.RestoreAsync(stored, target, options, user);
            Assert.Equal(1, await target.ScalarAsync<long>("SELECT COUNT(*) FROM v"));
        }
        finally
        {
            await scene.Server.ExecuteAsync($"DROP USER '{user}'@'%'");
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Accounts_and_their_rights_come_with_the_database_and_go_if_it_is_not_committed(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase source = await scene.MakeAsync("CREATE TABLE t (a int)");
        MySqlTestDatabase target = scene.Name();
        string user = $"dr_user_{Guid.NewGuid():N}"[..20];
        string there = $"SELECT COUNT(*) FROM mysql.user WHERE user = '{user}'";
        try
        {
            await scene.Server.ExecuteAsync($"CREATE USER '{user}'@'localhost' IDENTIFIED BY 'a password of its own'; GRANT SELECT, INSERT ON {MySqlServer.Quote(source.Name)}.* TO '{user}'@'localhost'");
            Transfer stored = await RestoreScene.ReadAsync(source);
            await scene.Server.ExecuteAsync($"DROP USER '{user}'@'localhost'");
            await Expect.ErrorAsync(Errors.RoleMissing, () => scene.OpenAsync(target, stored.Options()));
            TargetOptions options = stored.Options() with { IncludeRoles = true };

            await using (IRestoreTarget abandoned = await scene.OpenAsync(target, options))
            {
                await stored.FillAsync(abandoned, options, RestoreScene.Token);
                Assert.Equal(1, await scene.Server.ScalarAsync<long>(there));
            }

            Assert.Equal(0, await scene.Server.ScalarAsync<long>(there));

            await scene.RestoreAsync(stored, target, options);
            Assert.Equal(1, await scene.Server.ScalarAsync<long>($"SELECT COUNT(*) FROM mysql.db WHERE user = '{user}' AND REPLACE(db, '\\\\', '') = '{target.Name}' AND select_priv = 'Y' AND delete_priv = 'N'"));
        }
        finally
        {
            await scene.Server.ExecuteAsync($"DROP USER IF EXISTS '{user}'@'localhost'");
        }
    }
}
