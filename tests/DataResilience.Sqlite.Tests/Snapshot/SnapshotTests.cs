using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class SnapshotTests : IDisposable
{
    private const string ThousandRows =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO t(b) SELECT zeroblob(3000) FROM n";

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("WAL")]
    [InlineData("DELETE")]
    public async Task Reading_changes_no_byte_and_leaves_no_file(string journalMode)
    {
        string source = folder.Make("source.db", $"PRAGMA journal_mode = {journalMode}", "CREATE TABLE t(b)", ThousandRows);
        byte[] before = await File.ReadAllBytesAsync(source, RoundTrip.Token);

        await StoredDatabase.ReadAsync(source, RoundTrip.Token);
        await new SqliteProvider().ListDatabasesAsync(StoredDatabase.At(source), new DatabaseListOptions(), RoundTrip.Token);
        await new SqliteProvider().InspectTargetAsync(StoredDatabase.At(source), RoundTrip.NothingChosen, RoundTrip.Token);

        Assert.Equal(before, await File.ReadAllBytesAsync(source, RoundTrip.Token));
        Assert.Equal(["source.db"], folder.Files);
    }

    [Fact]
    public async Task A_log_that_a_crashed_writer_left_is_read_and_kept()
    {
        using (SqliteConnection writer = folder.Open("origin.db"))
        {
            writer.Run("PRAGMA journal_mode = WAL");
            writer.Run("CREATE TABLE t(x)");
            writer.Run("INSERT INTO t VALUES('in the log')");
            File.Copy(folder["origin.db"], folder["copy.db"]);
            File.Copy(folder["origin.db-wal"], folder["copy.db-wal"]);
        }

        byte[] database = await File.ReadAllBytesAsync(folder["copy.db"], RoundTrip.Token);
        byte[] log = await File.ReadAllBytesAsync(folder["copy.db-wal"], RoundTrip.Token);

        StoredDatabase stored = await StoredDatabase.ReadAsync(folder["copy.db"], RoundTrip.Token);

        Assert.Equal(1, stored.Digests["t"].Rows);
        Assert.Equal(database, await File.ReadAllBytesAsync(folder["copy.db"], RoundTrip.Token));
        Assert.Equal(log, await File.ReadAllBytesAsync(folder["copy.db-wal"], RoundTrip.Token));
    }

    [Fact]
    public async Task What_is_committed_meanwhile_is_not_seen_neither_rows_nor_schema()
    {
        folder.Make("source.db", "PRAGMA journal_mode = WAL", "CREATE TABLE t(a)", "INSERT INTO t VALUES(1)");
        await using ISourceSnapshot snapshot = await OpenAsync("source.db");
        using (SqliteConnection writer = folder.Open("source.db"))
        {
            writer.Run("ALTER TABLE t ADD COLUMN late");
            writer.Run("CREATE TABLE other(a)");
            writer.Run("INSERT INTO t VALUES(2, 2)");
        }

        DatabaseSchema schema = await snapshot.ReadSchemaAsync(RoundTrip.Token);

        TableSchema table = Assert.Single(schema.Tables);
        Assert.Equal(["rowid", "a"], table.Columns.Select(column => column.Name));
        Assert.Equal(1, (await RowSum.ReadAsync(snapshot, table, RoundTrip.Token)).Rows);
    }

    [Fact]
    public async Task Parent_and_child_stay_together_while_a_writer_commits_at_full_speed()
    {
        folder.Make(
            "source.db",
            "PRAGMA journal_mode = WAL",
            "CREATE TABLE parent(id INTEGER PRIMARY KEY, filler)",
            "CREATE TABLE child(id INTEGER PRIMARY KEY, parent REFERENCES parent)");
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        Task<int> writer = Task.Run(() => Write(begun, stop.Token), RoundTrip.Token);
        await begun.Task;
        for (int round = 0; round < 20; round++)
        {
            await using ISourceSnapshot snapshot = await OpenAsync("source.db");
            DatabaseSchema schema = await snapshot.ReadSchemaAsync(RoundTrip.Token);
            RowSum child = await RowSum.ReadAsync(snapshot, schema.Tables.Single(item => item.Name == "child"), RoundTrip.Token);
            RowSum parent = await RowSum.ReadAsync(snapshot, schema.Tables.Single(item => item.Name == "parent"), RoundTrip.Token);
            Assert.Equal(child.Rows, parent.Rows);
        }

        await stop.CancelAsync();
        Assert.True(await writer > 0);
    }

    [Fact]
    public async Task A_lock_that_outlasts_the_limit_is_named_and_one_that_ends_is_waited_for()
    {
        folder.Make("source.db", "CREATE TABLE t(a)");
        using SqliteConnection writer = folder.Open("source.db");
        writer.Run("BEGIN EXCLUSIVE");
        var time = new ScriptedTime();
        var provider = new SqliteProvider(time, new Random(1));
        var options = new SnapshotOptions(1, TimeSpan.FromSeconds(1));

        await Expect.ErrorAsync(
            Errors.DatabaseLocked, () => provider.OpenSnapshotAsync(StoredDatabase.At(folder["source.db"]), options, RoundTrip.Token));
        Assert.True(time.Elapsed >= TimeSpan.FromSeconds(1));

        time.OnWait = waits =>
        {
            if (waits == 5)
            {
                writer.Run("ROLLBACK");
            }
        };
        await using ISourceSnapshot snapshot = await provider.OpenSnapshotAsync(
            StoredDatabase.At(folder["source.db"]), options, RoundTrip.Token);
        Assert.Single((await snapshot.ReadSchemaAsync(RoundTrip.Token)).Tables);
    }

    [Fact]
    public async Task Waiting_for_a_lock_can_be_cancelled()
    {
        folder.Make("source.db", "CREATE TABLE t(a)");
        using SqliteConnection writer = folder.Open("source.db");
        writer.Run("BEGIN EXCLUSIVE");
        using var cancel = new CancellationTokenSource();
        var time = new ScriptedTime { OnWait = waits => { if (waits == 3) { cancel.Cancel(); } } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SqliteProvider(time, new Random(1)).OpenSnapshotAsync(
            StoredDatabase.At(folder["source.db"]), new SnapshotOptions(1, TimeSpan.FromDays(1)), cancel.Token));
    }

    [Fact]
    public async Task Reading_can_be_cancelled_between_rows_and_the_snapshot_goes_on()
    {
        folder.Make("source.db", "CREATE TABLE t(b)", ThousandRows);
        await using ISourceSnapshot snapshot = await OpenAsync("source.db");
        TableSchema table = (await snapshot.ReadSchemaAsync(RoundTrip.Token)).Tables[0];
        RowRange range = Assert.Single(await snapshot.PlanRangesAsync(table, RoundTrip.Token));
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range, cancel.Token))
            {
                block.Dispose();
                await cancel.CancelAsync();
            }
        });

        Assert.Equal(1000, (await RowSum.ReadAsync(snapshot, table, RoundTrip.Token)).Rows);
    }

    [Fact]
    public async Task In_rollback_mode_a_writer_goes_on_up_to_its_commit_which_waits_for_the_snapshot()
    {
        folder.Make("source.db", "CREATE TABLE t(a)", "INSERT INTO t VALUES(1)");
        using SqliteConnection writer = folder.Open("source.db");
        await using (ISourceSnapshot snapshot = await OpenAsync("source.db"))
        {
            writer.Run("BEGIN; INSERT INTO t VALUES(2)");
            TableSchema table = (await snapshot.ReadSchemaAsync(RoundTrip.Token)).Tables[0];
            Assert.Equal(1, (await RowSum.ReadAsync(snapshot, table, RoundTrip.Token)).Rows);
        }

        writer.Run("COMMIT");
        Assert.Equal(2, (await StoredDatabase.ReadAsync(folder["source.db"], RoundTrip.Token)).Digests["t"].Rows);
    }

    [Fact]
    public async Task A_journal_to_roll_back_is_left_to_the_owner_and_named()
    {
        using (SqliteConnection writer = folder.Open("origin.db"))
        {
            writer.Run("PRAGMA cache_size = 1");
            writer.Run("CREATE TABLE t(b)");
            writer.Run("INSERT INTO t VALUES(zeroblob(100000))");
            writer.Run("BEGIN; UPDATE t SET b = zeroblob(200000); PRAGMA cache_spill = 1; INSERT INTO t SELECT randomblob(100000) FROM t");
            File.Copy(folder["origin.db"], folder["copy.db"]);
            File.Copy(folder["origin.db-journal"], folder["copy.db-journal"]);
        }

        byte[] before = await File.ReadAllBytesAsync(folder["copy.db"], RoundTrip.Token);

        await Expect.ErrorAsync(Errors.SourceUnreadable, () => OpenAsync("copy.db"));

        Assert.Equal(before, await File.ReadAllBytesAsync(folder["copy.db"], RoundTrip.Token));
    }

    [Fact]
    public void A_file_read_without_locks_that_is_written_meanwhile_is_refused()
    {
        string source = folder.Make("source.db", "PRAGMA journal_mode = WAL", "CREATE TABLE t(a)");
        SnapshotGuard guard = SnapshotGuard.Over(source);
        guard.Check();
        using SqliteConnection writer = folder.Open("source.db");
        writer.Run("INSERT INTO t VALUES(1)");

        Assert.Equal(Errors.SourceUnreadable.Code, Assert.Throws<DataResilienceException>(guard.Check).ErrorCode);
    }

    [Fact]
    public async Task What_is_no_database_is_named()
    {
        await File.WriteAllTextAsync(folder["text"], new string('x', 9000), RoundTrip.Token);

        await Expect.ErrorAsync(Errors.NotADatabase, () => OpenAsync("text"));
        await Expect.ErrorAsync(Errors.SourceNotFound, () => OpenAsync("none.db"));
        await Expect.ErrorAsync(Errors.SourceUnreadable, () => OpenAsync("."));
        await Expect.ErrorAsync(
            Errors.EndpointInvalid,
            () => new SqliteProvider().OpenSnapshotAsync(StoredDatabase.At("relative.db"), StoredDatabase.Options, RoundTrip.Token));
    }

    [Fact]
    public async Task A_damaged_page_is_named()
    {
        string source = folder.Make("source.db", "CREATE TABLE t(a INTEGER PRIMARY KEY, b)", ThousandRows);
        await using (FileStream file = File.OpenWrite(source))
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            file.Write(Enumerable.Repeat((byte)0xa5, 64 * 4096).ToArray());
        }

        await Expect.ErrorAsync(Errors.DatabaseDamaged, () => StoredDatabase.ReadAsync(source, RoundTrip.Token));
    }

    [Fact]
    public async Task A_truncated_file_is_named()
    {
        string source = folder.Make("source.db", "CREATE TABLE t(a INTEGER PRIMARY KEY, b)", ThousandRows);
        await using (FileStream file = File.OpenWrite(source))
        {
            file.SetLength(file.Length / 2);
        }

        await Expect.ErrorAsync(Errors.DatabaseDamaged, () => StoredDatabase.ReadAsync(source, RoundTrip.Token));
    }

    [Fact]
    public async Task The_directory_lists_databases_by_what_they_are_not_by_their_names()
    {
        folder.Make("b.db", "PRAGMA encoding = 'UTF-16le'", "CREATE TABLE t(a)", "CREATE TABLE u(a INTEGER PRIMARY KEY AUTOINCREMENT)");
        folder.Make("a", "PRAGMA journal_mode = WAL", "CREATE TABLE t(a)");
        await File.WriteAllTextAsync(folder["c.db"], "not one", RoundTrip.Token);
        await File.WriteAllTextAsync(folder["d.db"], "", RoundTrip.Token);
        Directory.CreateDirectory(folder["e.db"]);

        IReadOnlyList<Database> found = await new SqliteProvider().ListDatabasesAsync(StoredDatabase.At(folder.Path), new DatabaseListOptions(), RoundTrip.Token);

        using (SqliteConnection writer = folder.Open("b.db"))
        {
            writer.Run("BEGIN EXCLUSIVE");
            Assert.Equal(2, (await new SqliteProvider().ListDatabasesAsync(StoredDatabase.At(folder.Path), new DatabaseListOptions(), RoundTrip.Token)).Count);
        }

        Assert.Equal(["a", "b"], found.Select(database => database.Name));
        Assert.Equal(["UTF-8", "UTF-16le"], found.Select(database => database.Encoding));
        Assert.Equal([1, 2], found.Select(database => database.Tables));
        Assert.All(found, database => Assert.Equal(new FileInfo(database.Endpoint.Database).Length, database.Size));
        Assert.Equal(["a", "b.db", "c.db", "d.db"], folder.Files);
    }

    private Task<ISourceSnapshot> OpenAsync(string name) => new SqliteProvider().OpenSnapshotAsync(
        StoredDatabase.At(Path.GetFullPath(folder[name])), StoredDatabase.Options, RoundTrip.Token);

    private int Write(TaskCompletionSource begun, CancellationToken stop)
    {
        using SqliteConnection connection = folder.Open("source.db");
        connection.Run("PRAGMA synchronous = OFF");
        int commits = 0;
        while (!stop.IsCancellationRequested)
        {
            connection.Run("BEGIN; INSERT INTO parent(filler) VALUES(zeroblob(100)); INSERT INTO child(parent) VALUES(last_insert_rowid()); COMMIT");
            commits++;
            begun.TrySetResult();
        }

        return commits;
    }
}
