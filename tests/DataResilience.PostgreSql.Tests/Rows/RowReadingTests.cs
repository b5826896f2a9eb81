using System.Globalization;
using System.Text;
using DataResilience.PostgreSql.Tests.Snapshot;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Rows;

[Trait("Category", "Server")]
public class RowReadingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Rows_are_lines_of_copy_text_whatever_the_database_has_as_its_settings(string server)
    {
        await using TestDatabase database = await PostgreSqlServer.Named(server).CreateDatabaseAsync("rows");
        await database.ExecuteAsync(
            $"""
            ALTER DATABASE {PostgreSqlServer.Quote(database.Name)} SET TimeZone = 'Asia/Tokyo';
            ALTER DATABASE {PostgreSqlServer.Quote(database.Name)} SET bytea_output = 'escape';
            ALTER DATABASE {PostgreSqlServer.Quote(database.Name)} SET DateStyle = 'German';
            ALTER DATABASE {PostgreSqlServer.Quote(database.Name)} SET extra_float_digits = -3;
            ALTER DATABASE {PostgreSqlServer.Quote(database.Name)} SET client_encoding = 'LATIN1';
            CREATE TABLE things (id int, b bytea, t timestamptz, f float8, n text);
            INSERT INTO things VALUES (1, '\x00ff', '2026-01-02 03:04:05+00', 0.1::float8 + 0.2, E'tab\t newline\n back\\ é'), (2, NULL, NULL, NULL, NULL)
            """);
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();

        string text = await snapshot.ReadTextAsync(Sources.Table("things", "n", "id", "b", "t", "f"));

        Assert.Equal(
            "tab\\t newline\\n back\\\\ é\t1\t\\\\x00ff\t2026-01-02 03:04:05+00\t0.30000000000000004\n\\N\t2\t\\N\t\\N\t\\N\n", text);
    }

    [Fact]
    public async Task Names_with_quotes_dots_and_letters_of_all_kinds_are_read()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync("odd \"names\" ä");
        await database.ExecuteAsync("""CREATE SCHEMA "a.b""c"; CREATE TABLE "a.b""c"."d%'e/\ü" ("x""y;z" int); INSERT INTO "a.b""c"."d%'e/\ü" VALUES (7)""");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();
        TableSchema table = Sources.Table("d%'e/\\ü", "x\"y;z") with { Schema = "a.b\"c" };

        Assert.Equal("7\n", await snapshot.ReadTextAsync(table));
    }

    [Fact]
    public async Task A_table_without_columns_has_empty_lines_and_an_empty_table_none()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES; INSERT INTO bare DEFAULT VALUES; CREATE TABLE empty (a int)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();

        Assert.Equal("\n\n", await snapshot.ReadTextAsync(Sources.Table("bare")));
        Assert.Equal("", await snapshot.ReadTextAsync(Sources.Table("empty", "a")));
    }

    [Fact]
    public async Task A_parent_gives_its_own_rows_alone()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE parent (a int); CREATE TABLE child () INHERITS (parent); INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();

        Assert.Equal("1\n", await snapshot.ReadTextAsync(Sources.Table("parent", "a")));
        Assert.Equal("2\n", await snapshot.ReadTextAsync(Sources.Table("child", "a")));
        Assert.Equal("", await snapshot.ReadTextAsync(Sources.Table("parent", "a"), new RowRange(1, "4096", null)));
    }

    [Fact]
    public async Task A_condition_leaves_rows_out()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE settings (a int PRIMARY KEY, standard bool); INSERT INTO settings SELECT 10 - i, i % 2 = 0 FROM generate_series(1, 5) i");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();
        TableSchema table = Sources.Table("settings", "a") with
        {
            Options = new Dictionary<string, string> { [TableOption.Condition] = "WHERE NOT standard -- as the extension registers it" },
        };

        Assert.Equal("9\n7\n5\n", await snapshot.ReadTextAsync(table));
    }

    [Fact]
    public async Task A_row_of_many_blocks_and_the_rows_around_it_come_whole()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE large (t text); INSERT INTO large VALUES ('before'), (repeat('x', 5000000)), ('after'), (repeat('y', 1048575)), (repeat('z', 1048576))");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();

        string text = await snapshot.ReadTextAsync(Sources.Table("large", "t"));

        Assert.Equal($"before\n{new string('x', 5000000)}\nafter\n{new string('y', 1048575)}\n{new string('z', 1048576)}\n", text);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Ranges_of_pages_give_every_row_once_and_in_order(string server)
    {
        await using TestDatabase database = await PostgreSqlServer.Named(server).CreateDatabaseAsync();
        // Three rows a page, 4,096 pages a range.
        await database.ExecuteAsync(
            "CREATE TABLE wide (a int, filler text); ALTER TABLE wide ALTER filler SET STORAGE PLAIN; " +
            "INSERT INTO wide SELECT i, repeat('x', 2500) FROM generate_series(1, 30000) i; CREATE INDEX ON wide (a)");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();
        TableSchema table = Sources.Table("wide", "a");

        IReadOnlyList<RowRange> ranges = await snapshot.PlanRangesAsync(table, Token);
        var text = new StringBuilder();
        foreach (RowRange range in ranges)
        {
            text.Append(await snapshot.ReadTextAsync(table, range));
        }

        Assert.Equal([new(0, null, "4096"), new(1, "4096", "8192"), new(2, "8192", null)], ranges);
        Assert.Equal(
            string.Concat(Enumerable.Range(1, 30000).Select(row => row.ToString(CultureInfo.InvariantCulture) + "\n")), text.ToString());
    }

    [Fact]
    public async Task Large_objects_are_read_as_a_table()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("SELECT lo_from_bytea(4711, '\\x0102')");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();
        TableSchema table = Sources.Table("pg_largeobject", "loid", "pageno", "data") with { Schema = "pg_catalog" };

        Assert.Equal(Sources.Everything, Assert.Single(await snapshot.PlanRangesAsync(table, Token)));
        Assert.Equal("4711\t0\t\\\\x0102\n", await snapshot.ReadTextAsync(table));
    }

    [Fact]
    public async Task A_database_without_an_encoding_gives_its_bytes_as_they_are()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync(
            options: "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'");
        await database.ExecuteAsync("SET client_encoding = 'SQL_ASCII'; CREATE TABLE raw (t text); INSERT INTO raw VALUES (E'\\xe9\\xff')");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();

        Assert.Equal([0xe9, 0xff, (byte)'\n'], await snapshot.ReadBytesAsync(Sources.Table("raw", "t")));
    }

    [Fact]
    public async Task A_database_in_latin1_gives_utf8()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync(
            options: "ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'");
        await database.ExecuteAsync("CREATE TABLE names (t text); INSERT INTO names VALUES ('é')");
        await using PostgreSqlSnapshot snapshot = await database.OpenSnapshotAsync();

        Assert.Equal("é\n", await snapshot.ReadTextAsync(Sources.Table("names", "t")));
    }
}
