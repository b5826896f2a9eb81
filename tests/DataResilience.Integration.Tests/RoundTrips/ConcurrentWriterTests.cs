using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>A database with everything in it is backed up and restored while a writer commits to the same file.</summary>
public sealed class ConcurrentWriterTests(ITestOutputHelper output)
{
    private const int LeastCommitsInASecond = 200;

    // Between every two tables, so that a backup that reads two of them from different states cannot be lucky.
    private const int CommitsBeforeEachTable = 20;

    [Theory]
    [InlineData("UTF-8", 4096)]
    [InlineData("UTF-16le", 8192)]
    [InlineData("UTF-16be", 512)]
    public async Task Everything_comes_back_as_one_committed_state_while_a_writer_commits_parent_and_child(string encoding, int pageSize)
    {
        FamilyWriter? writer = null;
        using var workspace = new Workspace(sqlite => new WatchedSourceProvider(sqlite, _ => writer!.WaitForAsync(CommitsBeforeEachTable)));
        EveryObject.Make(workspace, "source.db", encoding, pageSize, "WAL");
        await workspace.NewRepositoryAsync();
        Backup backup;
        await using (writer = new FamilyWriter(workspace, "source.db"))
        {
            backup = await BackUpMeanwhileAsync(workspace, writer);
        }

        await RequireEqualAsync(workspace, backup);

        RequireEqualRows(workspace);
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
        Backup backup;
        await using (writer = new FamilyWriter(workspace, "source.db"))
        {
            backup = await BackUpMeanwhileAsync(workspace, writer);
        }

        Exception failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => RequireEqualAsync(workspace, backup));

        output.WriteLine($"Without a snapshot: {failure.Message}");
        Assert.NotEmpty(workspace.Query("copy.db", "SELECT id FROM a_child WHERE parent NOT IN (SELECT id FROM z_parent)"));
    }

    [Fact]
    public async Task In_rollback_mode_a_writer_may_wait_and_the_backup_is_one_committed_state()
    {
        using var workspace = new Workspace();
        EveryObject.Make(workspace, "source.db", "UTF-8", 1024, "DELETE");
        await workspace.NewRepositoryAsync();
        Backup backup;
        var writer = new FamilyWriter(workspace, "source.db");
        await using (writer)
        {
            await writer.WaitForAsync(200);
            backup = await workspace.BackupAsync("source.db");
            // The commit that waited for the snapshot is done once it is gone.
            await writer.WaitForAsync(20);
        }

        await RequireEqualAsync(workspace, backup);
        RequireEqualRows(workspace);
    }

    private async Task<Backup> BackUpMeanwhileAsync(Workspace workspace, FamilyWriter writer)
    {
        await writer.WaitForAsync(200);
        int first = writer.Commits - 1;
        Backup backup = await workspace.BackupAsync("source.db");
        int last = writer.Commits;
        TimeSpan duration = writer.Between(first, last);
        double rate = (last - first) / duration.TotalSeconds;
        int slowest = writer.SlowestSecond(first, last);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{last - first} commits in {duration.TotalSeconds:0.0} s of backup, {rate:0} a second, {(slowest == int.MaxValue ? "less than a second in all" : $"{slowest} in the slowest second")}"));
        Assert.True(rate >= LeastCommitsInASecond, $"The writer made {rate} commits a second.");
        Assert.True(slowest >= LeastCommitsInASecond, $"In its slowest second the writer made {slowest} commits.");
        return backup;
    }

    /// <summary>The restore proves digests; the rest of this is done with the driver alone.</summary>
    private static async Task RequireEqualAsync(Workspace workspace, Backup backup)
    {
        RestoreResult restored = await workspace.RestoreAsync(backup, "copy.db");
        Assert.True(restored.IsVerified);
        Assert.Empty(workspace.Reporter.Warnings);
        Assert.Equal("t:ok", Assert.Single(workspace.Query("copy.db", "PRAGMA integrity_check")));
        Assert.Equal(workspace.SchemaOf("source.db"), workspace.SchemaOf("copy.db"));
        Assert.Equal(workspace.TablesOf("source.db"), workspace.TablesOf("copy.db"));
        FamilyWriter.RequireOneState(workspace, "copy.db");
    }

    private static void RequireEqualRows(Workspace workspace)
    {
        using SqliteConnection source = workspace.OpenDatabase("source.db");
        using SqliteConnection copy = workspace.OpenDatabase("copy.db");
        string[] tables = [.. workspace.TablesOf("source.db").Except(["a_child", "m_counter", "z_parent"])];
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
}
