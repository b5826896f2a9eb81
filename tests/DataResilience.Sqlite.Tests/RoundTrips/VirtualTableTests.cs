using DataResilience.Providers;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class VirtualTableTests : IDisposable
{
    private static readonly string[] Script =
    [
        "CREATE TABLE doc(id INTEGER PRIMARY KEY, body TEXT)",
        "INSERT INTO doc VALUES(1, 'red fox'), (2, 'blue whale')",
        "CREATE VIRTUAL TABLE plain USING fts5(body, tokenize = 'porter')",
        "INSERT INTO plain SELECT body FROM doc",
        "CREATE VIRTUAL TABLE bare USING fts5(body, content = '')",
        "INSERT INTO bare(rowid, body) SELECT id, body FROM doc",
        "CREATE VIRTUAL TABLE outside USING fts5(body, content = 'doc', content_rowid = 'id')",
        "INSERT INTO outside(outside) VALUES('rebuild')",
        "CREATE VIRTUAL TABLE old USING fts4(body)",
        "INSERT INTO old SELECT body FROM doc",
        "CREATE VIRTUAL TABLE \"box es\" USING rtree(id, x0, x1)",
        "INSERT INTO \"box es\" VALUES(1, 0, 10), (2, 5, 15)",
        "CREATE TRIGGER doc_insert AFTER INSERT ON doc BEGIN INSERT INTO outside(rowid, body) VALUES(new.id, new.body); END",
    ];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Virtual_tables_answer_after_a_restore_as_before()
    {
        await RoundTrip.ProveAsync(folder.Make("source.db", Script), folder["target.db"]);

        AssertAnswers("target.db");
        using SqliteConnection target = folder.Open("target.db");
        target.Run("INSERT INTO doc VALUES(3, 'green fox')");
        Assert.Equal("2", target.Ask("SELECT count(*) FROM outside WHERE outside MATCH 'fox'"));
    }

    [Fact]
    public async Task A_chosen_virtual_table_brings_its_shadow_tables_into_a_live_database_and_replaces_them()
    {
        StoredDatabase stored = await StoredDatabase.ReadAsync(folder.Make("source.db", Script), RoundTrip.Token);
        folder.Make("live.db", "CREATE TABLE mine(a)", "INSERT INTO mine VALUES(1)");
        var trip = new RoundTrip { Tables = ["plain", "box es"] };

        Assert.Empty(await trip.RestoreAsync(stored, folder["live.db"]));
        using (SqliteConnection live = folder.Open("live.db"))
        {
            live.Run("INSERT INTO plain VALUES('another fox')");
        }

        await Expect.ErrorAsync(Errors.TargetTableExists, () => trip.RestoreAsync(stored, folder["live.db"]));
        Assert.Empty(await (trip with { Replace = true }).RestoreAsync(stored, folder["live.db"]));
        using SqliteConnection after = folder.Open("live.db");
        Assert.Equal("1", after.Ask("SELECT count(*) FROM plain WHERE plain MATCH 'fox'"));
        Assert.Equal("1", after.Ask("SELECT a FROM mine"));
        Assert.Equal("ok", after.Ask("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Without_rows_the_module_makes_tables_that_it_can_begin_with()
    {
        StoredDatabase stored = await StoredDatabase.ReadAsync(folder.Make("source.db", Script), RoundTrip.Token);

        await new RoundTrip { IncludesRows = false }.RestoreAsync(stored, folder["target.db"]);

        using SqliteConnection target = folder.Open("target.db");
        target.Run("INSERT INTO plain VALUES('new fox')");
        Assert.Equal("1", target.Ask("SELECT count(*) FROM plain WHERE plain MATCH 'fox'"));
    }

    [Fact]
    public async Task A_module_that_is_not_here_stops_neither_backup_nor_restore()
    {
        string source = folder.Make(
            "source.db",
            "CREATE TABLE gone_data(id INTEGER PRIMARY KEY, v)",
            "INSERT INTO gone_data VALUES(1, 'kept')",
            "PRAGMA writable_schema = ON",
            "INSERT INTO sqlite_schema VALUES('table', 'gone', 'gone', 0, 'CREATE VIRTUAL TABLE gone USING nowhere(a, b)')");

        StoredDatabase stored = await RoundTrip.ProveAsync(source, folder["target.db"]);

        Assert.Equal("gone", stored.Schema.Objects.Single(item => item.Name == "gone_data").Table);
    }

    private void AssertAnswers(string name)
    {
        using SqliteConnection target = folder.Open(name);
        Assert.Equal("1", target.Ask("SELECT rowid FROM plain WHERE plain MATCH 'foxes'"));
        Assert.Equal("2", target.Ask("SELECT rowid FROM bare WHERE bare MATCH 'whale'"));
        Assert.Equal("blue whale", target.Ask("SELECT body FROM outside WHERE outside MATCH 'whale'"));
        Assert.Equal("red fox", target.Ask("SELECT body FROM old WHERE old MATCH 'fox'"));
        Assert.Equal("1\n2", target.Ask("SELECT id FROM \"box es\" WHERE x1 >= 6 AND x0 <= 8 ORDER BY id"));
        target.Run("INSERT INTO plain(plain) VALUES('integrity-check')");
        Assert.Equal("ok", target.Ask("PRAGMA integrity_check"));
    }
}
