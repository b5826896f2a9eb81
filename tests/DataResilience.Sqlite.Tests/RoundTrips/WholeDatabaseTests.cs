using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class WholeDatabaseTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("UTF-8", 4096, 0, "DELETE")]
    [InlineData("UTF-8", 512, 1, "WAL")]
    [InlineData("UTF-16le", 65536, 2, "DELETE")]
    [InlineData("UTF-16be", 1024, 0, "WAL")]
    public async Task Every_storage_class_survives_in_every_kind_of_file(string encoding, int pageSize, int autoVacuum, string journalMode)
    {
        string source = folder.Make(
            "source.db",
            $"PRAGMA encoding = '{encoding}'",
            $"PRAGMA page_size = {pageSize}",
            $"PRAGMA auto_vacuum = {autoVacuum}",
            $"PRAGMA journal_mode = {journalMode}",
            "PRAGMA user_version = -7",
            "PRAGMA application_id = 252006673",
            "CREATE TABLE v(id INTEGER PRIMARY KEY, any, i INTEGER, r REAL, t TEXT, b BLOB, n NUMERIC)",
            "CREATE TABLE keyless(any, other TEXT)",
            "CREATE TABLE wr(k TEXT, l, v, PRIMARY KEY(l DESC, k)) WITHOUT ROWID",
            "CREATE TABLE s(a INT, b ANY, c TEXT, d REAL, e BLOB) STRICT",
            "INSERT INTO v(any, i, r, t, b, n) VALUES(NULL, NULL, NULL, NULL, NULL, NULL), ('', '', '', '', x'', '')",
            "INSERT INTO v(any) VALUES('1'), (1), (1.0), (x'31'), (9223372036854775807), (-9223372036854775808), (-0.0), (9e999), (-9e999), (5e-324)",
            "INSERT INTO v(any) VALUES('a' || char(0) || 'b'), (char(65279) || 'bom'), ('ä😀'), (zeroblob(3)), (CAST(x'c328' AS TEXT))",
            "INSERT INTO v(i, r, t, n) VALUES('abc', 'abc', 12, 'abc'), (1.5, 3, 1.5, '12'), (x'00', x'00', x'00', x'00'), (3.0, 1e300, '3.0', 1e15)",
            "INSERT INTO v(id, any) VALUES(-5, 'negative'), (4611686018427387904, 'far'), (9223372036854775807, 'last')",
            "INSERT INTO keyless SELECT any, t FROM v",
            "DELETE FROM keyless WHERE rowid % 3 = 0",
            "INSERT INTO wr SELECT 'k' || id, id, any FROM v",
            "INSERT INTO s VALUES(1, '1', 'x', 2, x'01'), (2, 3.0, '', 2.5, x''), (NULL, x'', NULL, NULL, NULL)");

        StoredDatabase stored = await RoundTrip.ProveAsync(source, folder["target.db"]);

        Assert.Equal(encoding, stored.Schema.Properties["encoding"]);
        Assert.Equal(24, stored.Digests["v"].Rows);
        Assert.Equal(["source.db", "target.db"], folder.Files);
    }

    [Fact]
    public async Task Every_kind_of_object_is_made_again()
    {
        string source = folder.Make("source.db", SampleSchema.EverythingOrdinary);

        StoredDatabase stored = await RoundTrip.ProveAsync(source, folder["target.db"]);

        using SqliteConnection target = folder.Open("target.db");
        Assert.Equal("ok", target.Ask("PRAGMA integrity_check"));
        using SqliteConnection origin = folder.Open("source.db");
        const string Statistics = "SELECT * FROM sqlite_stat1 ORDER BY 1, 2";
        Assert.Equal(origin.Ask(Statistics), target.Ask(Statistics));
        Assert.Equal(origin.Ask("SELECT rowid, * FROM sqlite_sequence"), target.Ask("SELECT rowid, * FROM sqlite_sequence"));
        Assert.Contains(stored.Schema.Objects, item => item is { Kind: "trigger", Table: "shop" });
    }

    [Fact]
    public async Task Unusual_names_are_ordinary()
    {
        string[] names = ["", "a\"b", "it's", "a.b", "100%", "a/b\\c", "two words", "naïve 表", "select", "sqlitefoo", "[x]", "`y`", "a;b--", "\t\n"];
        var script = new List<string>();
        foreach (string name in names)
        {
            string quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            script.Add($"CREATE TABLE {quoted}({quoted} TEXT, \"rowid\", x AS (1))");
            script.Add($"INSERT INTO {quoted} VALUES('v', 1), ('w', 2)");
            if (name.Length > 0)
            {
                script.Add($"CREATE INDEX {quoted[..^1]}_i\" ON {quoted}({quoted})");
            }
        }

        StoredDatabase stored = await RoundTrip.ProveAsync(folder.Make("source.db", script), folder["target.db"]);

        Assert.Equal(names.Order(StringComparer.Ordinal), stored.Schema.Tables.Select(table => table.Name).Order(StringComparer.Ordinal));
        Assert.All(stored.Digests.Values, digest => Assert.Equal(2, digest.Rows));
    }

    [Theory]
    [InlineData("")]
    [InlineData(", PRIMARY KEY(c0)) WITHOUT ROWID")]
    public async Task A_table_of_two_thousand_columns_is_ordinary(string end)
    {
        string columns = string.Join(',', Enumerable.Range(0, 2000).Select(column => $"c{column}"));
        string source = folder.Make(
            "source.db",
            $"CREATE TABLE wide({columns}{(end.Length == 0 ? ")" : end)}",
            $"INSERT INTO wide VALUES({string.Join(',', Enumerable.Range(0, 2000))})",
            "INSERT INTO wide(c0, c1999) VALUES('first', 'last')");

        Assert.Equal(2, (await RoundTrip.ProveAsync(source, folder["target.db"])).Digests["wide"].Rows);
    }

    [Fact]
    public async Task A_table_whose_columns_took_every_name_of_the_rowid_keeps_its_rows()
    {
        string source = folder.Make(
            "source.db",
            "CREATE TABLE taken(rowid, oid TEXT, _rowid_)",
            "INSERT INTO taken VALUES(1, 2, 3), (4, 5, 6)");

        await RoundTrip.ProveAsync(source, folder["target.db"]);
    }

    [Fact]
    public async Task An_empty_database_is_restored_empty()
    {
        string source = folder.Make("source.db", "PRAGMA user_version = 3");

        Assert.Empty((await RoundTrip.ProveAsync(source, folder["target.db"])).Schema.Tables);
    }
}
