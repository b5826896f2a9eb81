using DataResilience.Providers;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class WholeTargetTests : IDisposable
{
    private static readonly string[] Small = ["CREATE TABLE t(a INTEGER PRIMARY KEY, b)", "INSERT INTO t VALUES(1, 'new')"];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_target_that_is_not_committed_leaves_nothing()
    {
        StoredDatabase stored = await MakeSmallAsync();
        await using (IRestoreTarget target = await new RoundTrip().OpenAsync(stored, folder["target.db"]))
        {
            await new RoundTrip().FillAsync(stored, target);
            Assert.DoesNotContain("target.db", folder.Files);
        }

        Assert.Equal(["source.db"], folder.Files);
    }

    [Fact]
    public async Task An_existing_target_is_refused_without_replace_and_replaced_with_it()
    {
        StoredDatabase stored = await MakeSmallAsync();
        folder.Make("target.db", "PRAGMA journal_mode = WAL", "CREATE TABLE t(x)", "INSERT INTO t VALUES('old')");

        await Expect.ErrorAsync(Errors.TargetExists, () => new RoundTrip().RestoreAsync(stored, folder["target.db"]));
        await new RoundTrip { Replace = true }.RestoreAsync(stored, folder["target.db"]);

        using SqliteConnection target = folder.Open("target.db");
        Assert.Equal("new", target.Ask("SELECT b FROM t"));
        Assert.Equal(["source.db", "target.db"], folder.Files);
    }

    [Fact]
    public async Task A_target_that_appears_meanwhile_is_not_overwritten()
    {
        StoredDatabase stored = await MakeSmallAsync();
        await using IRestoreTarget target = await new RoundTrip().OpenAsync(stored, folder["target.db"]);
        await new RoundTrip().FillAsync(stored, target);
        folder.Make("target.db", "CREATE TABLE other(x)");

        await Expect.ErrorAsync(Errors.TargetExists, () => target.CommitAsync(RoundTrip.Token));

        using SqliteConnection present = folder.Open("target.db");
        Assert.Equal("other", present.Ask("SELECT name FROM sqlite_schema"));
    }

    [Fact]
    public async Task A_target_in_use_is_not_replaced()
    {
        StoredDatabase stored = await MakeSmallAsync();
        folder.Make("target.db", "CREATE TABLE t(x)");
        using SqliteConnection user = folder.Open("target.db");
        user.Run("BEGIN IMMEDIATE");

        await Expect.ErrorAsync(
            Errors.TargetInUse, () => new RoundTrip { Replace = true }.RestoreAsync(stored, folder["target.db"]));

        Assert.Equal(["source.db", "target.db"], folder.Files);
    }

    [Fact]
    public async Task A_log_that_a_crashed_writer_left_is_not_played_into_the_new_database()
    {
        StoredDatabase stored = await MakeSmallAsync();
        using (SqliteConnection writer = folder.Open("origin.db"))
        {
            writer.Run("PRAGMA journal_mode = WAL");
            writer.Run("CREATE TABLE t(x)");
            writer.Run("INSERT INTO t VALUES('old')");
            File.Copy(folder["origin.db"], folder["target.db"]);
            File.Copy(folder["origin.db-wal"], folder["target.db-wal"]);
        }

        await new RoundTrip { Replace = true }.RestoreAsync(stored, folder["target.db"]);

        Assert.DoesNotContain("target.db-wal", folder.Files);
        using SqliteConnection target = folder.Open("target.db");
        Assert.Equal("new", target.Ask("SELECT b FROM t"));
    }

    [Fact]
    public async Task A_log_without_its_database_is_refused()
    {
        StoredDatabase stored = await MakeSmallAsync();
        File.WriteAllText(folder["target.db-wal"], "x");

        await Expect.ErrorAsync(Errors.TargetExists, () => new RoundTrip().RestoreAsync(stored, folder["target.db"]));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_not_replaced()
    {
        StoredDatabase stored = await MakeSmallAsync();
        File.WriteAllText(folder["target.db"], new string('x', 5000));

        await Expect.ErrorAsync(Errors.NotADatabase, () => new RoundTrip { Replace = true }.RestoreAsync(stored, folder["target.db"]));

        Assert.Equal(["source.db", "target.db"], folder.Files);
    }

    [Fact]
    public async Task A_missing_directory_is_named()
    {
        StoredDatabase stored = await MakeSmallAsync();

        await Expect.ErrorAsync(Errors.TargetNotFound, () => new RoundTrip().RestoreAsync(stored, folder["none/target.db"]));
    }

    [Fact]
    public async Task A_full_disk_is_named_and_leaves_nothing()
    {
        string source = folder.Make(
            "source.db",
            "CREATE TABLE t(b)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO t SELECT zeroblob(5000) FROM n");
        StoredDatabase stored = await StoredDatabase.ReadAsync(source, RoundTrip.Token);
        var trip = new RoundTrip { Provider = new SqliteProvider { MaxTargetPages = 10 } };

        await Expect.ErrorAsync(Errors.TargetFull, () => trip.RestoreAsync(stored, folder["target.db"]));

        Assert.Equal(["source.db"], folder.Files);
    }

    [Fact]
    public async Task What_a_killed_run_left_is_removed_by_the_next_unless_somebody_holds_it()
    {
        StoredDatabase stored = await MakeSmallAsync();
        string left = "target.db.dataresilience-restore-0123456789abcdef";
        string held = "target.db.dataresilience-restore-fedcba9876543210";
        string foreign = "target.db.dataresilience-restore-notes";
        folder.Make(left, Small);
        folder.Make(held, Small);
        File.WriteAllText(folder[foreign], "mine");
        using SqliteConnection holder = folder.Open(held);
        holder.Run("BEGIN EXCLUSIVE");

        await new RoundTrip().RestoreAsync(stored, folder["target.db"]);

        Assert.Equal(["source.db", "target.db", held, foreign], folder.Files.Where(file => !file.EndsWith("-journal", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_foreign_key_that_was_broken_in_the_source_is_told()
    {
        string source = folder.Make(
            "source.db",
            "CREATE TABLE parent(id INTEGER PRIMARY KEY)",
            "CREATE TABLE child(id INTEGER PRIMARY KEY, p REFERENCES parent)",
            "INSERT INTO child VALUES(1, 99)");
        StoredDatabase stored = await StoredDatabase.ReadAsync(source, RoundTrip.Token);

        string finding = Assert.Single(await new RoundTrip().RestoreAsync(stored, folder["target.db"]));

        Assert.Equal("foreign key: 1 row of 'child' has no parent in 'parent'; so it is in the backup", finding);
    }

    [Fact]
    public async Task What_only_the_application_knows_is_carried_where_nothing_depends_on_it()
    {
        using (SqliteConnection application = folder.Open("source.db"))
        {
            application.CreateCollation("reverse", (left, right) => string.CompareOrdinal(right, left));
            application.CreateFunction("twice", (long value) => value * 2, isDeterministic: true);
            application.Run("CREATE TABLE t(a TEXT COLLATE reverse, n INTEGER CHECK(twice(n) < 100))");
            application.Run("CREATE TABLE k(a TEXT COLLATE reverse PRIMARY KEY) WITHOUT ROWID");
            application.Run("CREATE VIEW v AS SELECT twice(n) FROM t");
            application.Run("INSERT INTO t VALUES('x', 1), ('y', 2)");
            application.Run("INSERT INTO k VALUES('only')");
        }

        await RoundTrip.ProveAsync(folder["source.db"], folder["target.db"]);
    }

    [Fact]
    public async Task An_index_sorted_by_an_unknown_collation_is_refused_by_name()
    {
        using (SqliteConnection application = folder.Open("source.db"))
        {
            application.CreateCollation("reverse", (left, right) => string.CompareOrdinal(right, left));
            application.Run("CREATE TABLE t(a TEXT)");
            application.Run("CREATE INDEX sorted ON t(a COLLATE reverse)");
            application.Run("INSERT INTO t VALUES('x'), ('y')");
        }

        StoredDatabase stored = await StoredDatabase.ReadAsync(folder["source.db"], RoundTrip.Token);
        DataResilienceException failure = await Expect.ErrorAsync(
            Errors.FeatureUnsupported, () => new RoundTrip().RestoreAsync(stored, folder["target.db"]));

        Assert.Equal("sorted", failure.Target);
        Assert.Contains("reverse", failure.Message, StringComparison.Ordinal);
    }

    private Task<StoredDatabase> MakeSmallAsync() => StoredDatabase.ReadAsync(folder.Make("source.db", Small), RoundTrip.Token);
}
