using DataResilience.Integration.Tests.Selection;
using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.Targets;

/// <summary>A restore over an existing database: one step at the end, and until then nothing.</summary>
public sealed class ReplaceTests
{
    private static readonly RestoreDatabaseRequest Replacing = new() { Replace = true, LockTimeout = TimeSpan.Zero };

    [Fact]
    public async Task An_idle_database_is_replaced_whole()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        MakeOld(shop, "DELETE");

        await shop.RestoreAsync(backup, "old.db", Replacing);

        Assert.Equal(shop.Workspace.SchemaOf(Shop.Database), shop.Workspace.SchemaOf("old.db"));
        Assert.Equal(["old.db", "shop.db"], DatabaseFilesOf(shop));
    }

    [Theory]
    [InlineData("DELETE", "BEGIN; SELECT * FROM kept")]
    [InlineData("DELETE", "BEGIN IMMEDIATE")]
    [InlineData("DELETE", "BEGIN EXCLUSIVE")]
    [InlineData("WAL", "BEGIN; SELECT * FROM kept")]
    [InlineData("WAL", "BEGIN IMMEDIATE")]
    [InlineData("WAL", "BEGIN EXCLUSIVE")]
    [InlineData("WAL", "SELECT 1 FROM kept")]
    public async Task A_database_that_another_connection_uses_is_not_touched(string journalMode, string use)
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        MakeOld(shop, journalMode);
        using (SqliteConnection other = shop.Workspace.OpenDatabase("old.db"))
        {
            foreach (string statement in use.Split("; "))
            {
                other.Query(statement);
            }

            DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => shop.RestoreAsync(backup, "old.db", Replacing));

            Assert.Equal(Errors.TargetInUse.Code, failure.ErrorCode);
            Assert.Contains("old.db", failure.Message, StringComparison.Ordinal);
            Assert.Equal(["i:42"], other.Query("SELECT x FROM kept"));
        }

        RequireOld(shop);
        Assert.Equal([$"t:{journalMode.ToLowerInvariant()}"], shop.Query("old.db", "PRAGMA journal_mode"));
    }

    public static TheoryData<bool, string> StepsToCancelAt()
    {
        var steps = new TheoryData<bool, string>();
        foreach (TargetStep step in Enum.GetValues<TargetStep>())
        {
            steps.Add(true, step.ToString());
            steps.Add(false, step.ToString());
        }

        return steps;
    }

    [Theory]
    [MemberData(nameof(StepsToCancelAt))]
    public async Task Cancelled_at_any_step_the_old_database_is_as_it_was_and_no_file_is_left(bool whole, string step)
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        MakeOld(shop, "DELETE");
        shop.Workspace.Execute("old.db", "CREATE TABLE orders(x)", "INSERT INTO orders VALUES('old')");
        IReadOnlyList<string> before = FileTree.Read(shop.Workspace.PathOf(""), "state/");
        using var cancellation = new CancellationTokenSource();
        bool reached = false;
        IOperations operations = shop.Workspace.OperationsWith(provider: sqlite => new SteppedTargetProvider(sqlite, at =>
        {
            if (at.ToString() == step)
            {
                reached = true;
                cancellation.Cancel();
            }
        }));
        RestoreDatabaseRequest request = Replacing with
        {
            Repository = shop.Workspace.Repository,
            Backup = new BackupReference(backup.BackupId),
            Target = shop.Workspace.Sqlite("old.db"),
            Table = whole ? [] : ["orders"],
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => operations.RunAsync(request, shop.Reporter, cancellation.Token));

        Assert.True(reached);
        Assert.Equal(before, FileTree.Read(shop.Workspace.PathOf(""), "state/"));
        Assert.Equal(["t:old"], shop.Query("old.db", "SELECT x FROM orders"));
        RequireOld(shop);
    }

    private static void MakeOld(Shop shop, string journalMode) =>
        shop.Workspace.Execute("old.db", $"PRAGMA journal_mode = {journalMode}", "CREATE TABLE kept(x)", "INSERT INTO kept VALUES(42)");

    private static void RequireOld(Shop shop)
    {
        Assert.Equal(["i:42"], shop.Query("old.db", "SELECT x FROM kept"));
        Assert.Equal(["old.db", "shop.db"], DatabaseFilesOf(shop));
    }

    /// <summary>Every file beside the repository that a database or a restore could have made.</summary>
    private static IReadOnlyList<string> DatabaseFilesOf(Shop shop) =>
        [.. Directory.EnumerateFiles(shop.Workspace.PathOf("")).Select(path => Path.GetFileName(path)).Where(name => name != "owner.key").Order(StringComparer.Ordinal)];
}
