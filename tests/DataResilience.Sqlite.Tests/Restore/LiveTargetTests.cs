using DataResilience.Providers;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class LiveTargetTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Chosen_tables_make_a_new_database_with_those_alone()
    {
        StoredDatabase stored = await ReadSampleAsync();

        Assert.Empty(await new RoundTrip { Tables = ["notes"] }.RestoreAsync(stored, folder["target.db"]));

        using SqliteConnection target = folder.Open("target.db");
        Assert.Equal("notes\nnotes_expression\nnotes_partial", target.Ask("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1"));
    }

    [Fact]
    public async Task A_replaced_table_keeps_what_others_made_of_it()
    {
        StoredDatabase stored = await ReadSampleAsync();
        File.Copy(folder["source.db"], folder["live.db"]);
        using (SqliteConnection live = folder.Open("live.db"))
        {
            live.Run("DROP TRIGGER shop_insert");
            live.Run("UPDATE shop SET price = 99");
            live.Run("CREATE VIEW mine AS SELECT name FROM shop");
            live.Run("CREATE TRIGGER log_insert AFTER INSERT ON log BEGIN UPDATE shop SET price = 0; END");
        }

        var trip = new RoundTrip { Tables = ["shop"], Replace = true };
        Assert.Empty(await trip.RestoreAsync(stored, folder["live.db"]));

        using SqliteConnection after = folder.Open("live.db");
        Assert.Equal("1|a|1.0\n2|b|20.0\n3|c|0.0", after.Ask("SELECT * FROM shop"));
        Assert.Equal("1000", after.Ask("SELECT seq FROM sqlite_sequence WHERE name = 'shop'"));
        Assert.Equal("a\nb\nc", after.Ask("SELECT name FROM mine ORDER BY 1"));
        Assert.Equal("dear_insert\nlog_insert\nshop_insert", after.Ask("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY 1"));
        Assert.Equal("3", after.Ask("SELECT count(*) FROM orders JOIN shop ON shop.id = orders.shop"));
        Assert.Equal("", after.Ask("PRAGMA foreign_key_check"));
        Assert.Equal("ok", after.Ask("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Nothing_is_seen_before_the_commit_and_nothing_stays_without_it()
    {
        StoredDatabase stored = await ReadSampleAsync();
        folder.Make("live.db", "PRAGMA journal_mode = WAL", "CREATE TABLE mine(a)");
        var trip = new RoundTrip { Tables = ["notes"] };
        await using (IRestoreTarget target = await trip.OpenAsync(stored, folder["live.db"]))
        {
            await trip.FillAsync(stored, target);
            using SqliteConnection reader = folder.Open("live.db");
            Assert.Equal("mine", reader.Ask("SELECT name FROM sqlite_schema"));
        }

        using SqliteConnection after = folder.Open("live.db");
        Assert.Equal("mine", after.Ask("SELECT name FROM sqlite_schema"));
    }

    [Fact]
    public async Task Rows_alone_go_into_tables_that_are_there_and_fire_no_trigger()
    {
        StoredDatabase stored = await ReadSampleAsync();
        File.Copy(folder["source.db"], folder["live.db"]);
        using (SqliteConnection live = folder.Open("live.db"))
        {
            live.Run("DELETE FROM shop");
            live.Run("INSERT INTO shop(id, name) VALUES(2000, 'z')");
            live.Run("DELETE FROM log");
        }

        var trip = new RoundTrip { Tables = ["shop"], IncludesSchema = false };
        await (trip with { ProvesRows = false }).RestoreAsync(stored, folder["live.db"]);
        Check("4|2000|0");
        await (trip with { Replace = true }).RestoreAsync(stored, folder["live.db"]);
        Check("3|2000|0");

        void Check(string expected)
        {
            using SqliteConnection after = folder.Open("live.db");
            Assert.Equal(expected, after.Ask(
                "SELECT (SELECT count(*) FROM shop), (SELECT seq FROM sqlite_sequence WHERE name = 'shop'), (SELECT count(*) FROM log)"));
        }
    }

    [Fact]
    public async Task Rows_of_a_table_without_a_key_are_added_to_those_that_are_there()
    {
        string source = folder.Make("source.db", "CREATE TABLE t(a)", "INSERT INTO t VALUES(1), (2)");
        StoredDatabase stored = await StoredDatabase.ReadAsync(source, RoundTrip.Token);
        folder.Make("live.db", "CREATE TABLE t(a)", "INSERT INTO t VALUES(7)");

        await new RoundTrip { Tables = ["t"], IncludesSchema = false, ProvesRows = false }.RestoreAsync(stored, folder["live.db"]);

        using SqliteConnection live = folder.Open("live.db");
        Assert.Equal("7\n1\n2", live.Ask("SELECT a FROM t ORDER BY rowid"));
    }

    [Fact]
    public async Task Rows_alone_need_the_same_table()
    {
        StoredDatabase stored = await ReadSampleAsync();
        folder.Make("live.db", "CREATE TABLE notes(id, note)");
        var trip = new RoundTrip { IncludesSchema = false };

        await Expect.ErrorAsync(Errors.TargetTableMissing, () => (trip with { Tables = ["notes"] }).RestoreAsync(stored, folder["live.db"]));
        await Expect.ErrorAsync(Errors.TargetTableMissing, () => (trip with { Tables = ["log"] }).RestoreAsync(stored, folder["live.db"]));
        await Expect.ErrorAsync(Errors.TargetTableMissing, () => (trip with { Tables = ["log"] }).RestoreAsync(stored, folder["none.db"]));
    }

    [Fact]
    public async Task A_database_of_another_text_encoding_is_refused()
    {
        StoredDatabase stored = await ReadSampleAsync();
        folder.Make("live.db", "PRAGMA encoding = 'UTF-16le'", "CREATE TABLE mine(a)");

        await Expect.ErrorAsync(Errors.FeatureUnsupported, () => new RoundTrip { Tables = ["log"] }.RestoreAsync(stored, folder["live.db"]));
    }

    [Fact]
    public async Task A_locked_database_is_named()
    {
        StoredDatabase stored = await ReadSampleAsync();
        folder.Make("live.db", "CREATE TABLE mine(a)");
        using SqliteConnection writer = folder.Open("live.db");
        writer.Run("BEGIN IMMEDIATE");

        await Expect.ErrorAsync(Errors.DatabaseLocked, () => new RoundTrip { Tables = ["log"] }.RestoreAsync(stored, folder["live.db"]));
    }

    private Task<StoredDatabase> ReadSampleAsync() =>
        StoredDatabase.ReadAsync(folder.Make("source.db", SampleSchema.EverythingOrdinary), RoundTrip.Token);
}
