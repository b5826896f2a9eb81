using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>A database with everything in it is backed up and restored while a writer commits to the same file.</summary>
[Collection(PacedTests.Name)]
public sealed class ConcurrentWriterTests(ITestOutputHelper output)
{
    private const int LeastCommitsInASecond = 200;

    // Side by side; in fewer nothing is shown to go on throughout.
    private const int LeastWindows = 6;

    // Between every two tables, so that a backup that reads two of them from different states cannot be lucky.
    private const int CommitsBeforeEachTable = 20;

    [Theory]
    [InlineData("UTF-8", 4096, 75_000)]
    [InlineData("UTF-16le", 8192, 15_000)]
    [InlineData("UTF-16be", 512, 15_000)]
    public async Task Everything_comes_back_as_one_committed_state_while_a_writer_commits_parent_and_child(string encoding, int pageSize, int ballast)
    {
        FamilyWriter? writer = null;
        long firstTable = 0;
        TimeSpan held = TimeSpan.Zero;
        using var workspace = new Workspace(sqlite => new WatchedSourceProvider(sqlite, async table =>
        {
            firstTable = table.Name == "a_child" ? TimeProvider.System.GetTimestamp() : firstTable;
            await writer!.WaitForAsync(CommitsBeforeEachTable);
            held += table.Name == "z_parent" ? await HoldAsync(writer, firstTable) : TimeSpan.Zero;
        }));
        EveryObject.Make(workspace, "source.db", encoding, pageSize, "WAL", Ballast(ballast));
        await workspace.NewRepositoryAsync();
        BackupMeanwhile run;
        await using (writer = new FamilyWriter(workspace, "source.db"))
        {
            run = await BackUpMeanwhileAsync(workspace, writer);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Of that the snapshot was held open without reading for {held.TotalSeconds:0.0} s."));
        Assert.True(run.Pace.Windows >= LeastWindows, $"The backup was too short to tell: {run.Pace}");
        Assert.True(run.Pace.Slowest >= LeastCommitsInASecond, $"The writer did not keep committing: {run.Pace}");
        int state = await RequireEqualAsync(workspace, run.Backup);
        Assert.InRange(state, run.Before, run.After);
        Assert.True(run.After - state > workspace.TablesOf("source.db").Count * CommitsBeforeEachTable, $"The writer stood at {run.After} in the end, the backup at {state}.");
        RequireEqualRows(workspace);
        RequireEqualBallast(workspace, ballast);
        Assert.Equal("wal", Assert.Single(workspace.Query("copy.db", "PRAGMA journal_mode"))[2..]);
    }

    [Fact]
    public async Task The_same_backup_without_a_snapshot_fails_the_same_check()
    {
        FamilyWriter? writer = null;
        using var workspace = new Workspace(
            sqlite => new WatchedSourceProvider(new TornSourceProvider(sqlite), _ => writer!.WaitForAsync(CommitsBeforeEachTable)));
        EveryObject.Make(workspace, "source.db", "UTF-8", 4096, "WAL");
        await workspace.NewRepositoryAsync();
        BackupMeanwhile run;
        await using (writer = new FamilyWriter(workspace, "source.db"))
        {
            run = await BackUpMeanwhileAsync(workspace, writer);
        }

        Exception failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => RequireEqualAsync(workspace, run.Backup));

        output.WriteLine($"Without a snapshot: {failure.Message}");
        Assert.NotEmpty(workspace.Query("copy.db", "SELECT id FROM a_child WHERE parent NOT IN (SELECT id FROM z_parent)"));
    }

    [Fact]
    public async Task In_rollback_mode_a_writer_may_wait_and_the_backup_is_one_committed_state()
    {
        using var workspace = new Workspace();
        EveryObject.Make(workspace, "source.db", "UTF-8", 1024, "DELETE");
        await workspace.NewRepositoryAsync();
        BackupMeanwhile run;
        var writer = new FamilyWriter(workspace, "source.db");
        await using (writer)
        {
            run = await BackUpMeanwhileAsync(workspace, writer);
            // The commit that waited for the snapshot is done once it is gone.
            await writer.WaitForAsync(20);
        }

        int state = await RequireEqualAsync(workspace, run.Backup);
        Assert.InRange(state, run.Before, run.After);
        RequireEqualRows(workspace);
    }

    /// <summary>Rows that do not compress, so that a backup has a while to read.</summary>
    private static IReadOnlyList<string> Ballast(int rows) =>
    [
        "CREATE TABLE ballast(id INTEGER PRIMARY KEY, b BLOB)",
        $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO ballast SELECT i, randomblob(4000) FROM n",
    ];

    /// <summary>Where a machine reads the ballast faster than others, the snapshot stays open until there are windows enough.</summary>
    private static async Task<TimeSpan> HoldAsync(FamilyWriter writer, long since)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since).TotalSeconds < LeastWindows * WriterPace.WindowSeconds)
        {
            await writer.WaitForAsync(CommitsBeforeEachTable);
        }

        return TimeProvider.System.GetElapsedTime(begun);
    }

    private async Task<BackupMeanwhile> BackUpMeanwhileAsync(Workspace workspace, FamilyWriter writer)
    {
        await writer.WaitForAsync(200);
        int before = writer.Commits;
        long begin = TimeProvider.System.GetTimestamp();
        Backup backup = await workspace.BackupAsync("source.db");
        WriterPace pace = writer.PaceBetween(begin, TimeProvider.System.GetTimestamp());
        output.WriteLine($"While the backup ran: {pace}.");
        // One may be committed and not yet counted.
        return new BackupMeanwhile(backup, pace, before, writer.Commits + 1);
    }

    /// <summary>The restore proves digests; the rest of this is done with the driver alone.</summary>
    /// <returns>After how many commits it was so.</returns>
    private static async Task<int> RequireEqualAsync(Workspace workspace, Backup backup)
    {
        RestoreResult restored = await workspace.RestoreAsync(backup, "copy.db");
        Assert.True(restored.IsVerified);
        Assert.Empty(workspace.Reporter.Warnings);
        Assert.Equal("t:ok", Assert.Single(workspace.Query("copy.db", "PRAGMA integrity_check")));
        Assert.Equal(workspace.SchemaOf("source.db"), workspace.SchemaOf("copy.db"));
        Assert.Equal(workspace.TablesOf("source.db"), workspace.TablesOf("copy.db"));
        return FamilyWriter.RequireOneState(workspace, "copy.db");
    }

    private static void RequireEqualRows(Workspace workspace)
    {
        using SqliteConnection source = workspace.OpenDatabase("source.db");
        using SqliteConnection copy = workspace.OpenDatabase("copy.db");
        string[] tables = [.. workspace.TablesOf("source.db").Except(["a_child", "ballast", "m_counter", "z_parent"])];
        Assert.True(tables.Length > 50, $"There are {tables.Length} tables.");
        foreach (string table in tables)
        {
            Assert.Equal(source.RowsOf(table), copy.RowsOf(table));
        }

        foreach (string question in EveryObject.Questions)
        {
            Assert.Equal(source.Query(question), copy.Query(question));
        }
    }

    private static void RequireEqualBallast(Workspace workspace, int rows)
    {
        using SqliteConnection source = workspace.OpenDatabase("source.db");
        source.Execute($"ATTACH '{workspace.PathOf("copy.db")}' AS copy");
        string equal = Assert.Single(source.Query("SELECT count(*) FROM ballast s JOIN copy.ballast c ON s.id = c.id AND s.b IS c.b"));
        Assert.Equal($"i:{rows}", equal);
        Assert.Equal(equal, Assert.Single(source.Query("SELECT count(*) FROM copy.ballast")));
    }

    /// <param name="Backup">What was stored.</param>
    /// <param name="Pace">How fast the writer was meanwhile.</param>
    /// <param name="Before">How many commits there were before, at least.</param>
    /// <param name="After">How many there were after it, at most.</param>
    private sealed record BackupMeanwhile(Backup Backup, WriterPace Pace, int Before, int After);
}
