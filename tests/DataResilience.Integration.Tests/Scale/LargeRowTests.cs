namespace DataResilience.Integration.Tests.Scale;

/// <summary>Memory with one row of 200 MB.</summary>
[Trait("Category", "Slow")]
public sealed class LargeRowTests(ITestOutputHelper output)
{
    private const long RowBytes = 200_000_000;
    private const long MostMemory = 250_000_000 + RowBytes;

    // A row without a rowid cannot be written after it was made: SQLite holds its value as what is bound and in the record that it
    // makes of it (OP_MakeRecord). Measured, and a tenth.
    private const long MostMemoryOfTwoCopies = 590_000_000;

    [Theory]
    [InlineData("a blob that ends its row", "UTF-8", "t(id INTEGER PRIMARY KEY, x BLOB)", "randomblob(200000000)", MostMemory)]
    [InlineData("a blob before other columns", "UTF-8", "t(id INTEGER PRIMARY KEY, x BLOB, after TEXT DEFAULT 'after')", "randomblob(200000000)", MostMemory)]
    [InlineData("a text beside an index", "UTF-8", "t(id TEXT PRIMARY KEY, x TEXT)", "hex(randomblob(100000000))", MostMemory)]
    [InlineData("a text in UTF-16", "UTF-16le", "t(id INTEGER PRIMARY KEY, x TEXT)", "hex(randomblob(50000000))", MostMemory)]
    [InlineData("a text without a rowid", "UTF-8", "t(id TEXT PRIMARY KEY, x TEXT) WITHOUT ROWID", "hex(randomblob(100000000))", MostMemoryOfTwoCopies)]
    public async Task A_row_of_200_megabytes_is_handled_within_250_megabytes_and_its_size_and_without_a_rowid_restored_with_a_copy_more(
        string what, string encoding, string definition, string value, long mostForRestore)
    {
        if (ConsoleRun.Obstacle is { } reason)
        {
            Assert.Skip(reason);
        }

        using var workspace = new Workspace();
        workspace.Execute(
            "large.db",
            $"PRAGMA encoding = '{encoding}'",
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            $"CREATE TABLE {definition}",
            $"INSERT INTO t(id, x) VALUES(1, {value})");
        await workspace.NewRepositoryAsync();

        ConsoleRun backup = await ConsoleRun.RunAsync(workspace, "backup", $"sqlite:{workspace.PathOf("large.db")}");
        ConsoleRun verification = await ConsoleRun.RunAsync(workspace, "verify", "--backup", "latest");
        ConsoleRun restore = await ConsoleRun.RunAsync(workspace, "restore", $"sqlite:{workspace.PathOf("copy.db")}", "--backup", "latest");

        output.WriteLine(backup.Cost.Describe($"Backup of {what}", RowBytes));
        output.WriteLine(verification.Cost.Describe($"Verification of {what}", RowBytes));
        output.WriteLine(restore.Cost.Describe($"Restore of {what}", RowBytes));
        Assert.True(restore.Result.GetProperty("IsVerified").GetBoolean());
        Assert.InRange(backup.Cost.PeakBytes, 1, MostMemory);
        Assert.InRange(verification.Cost.PeakBytes, 1, MostMemory);
        Assert.InRange(restore.Cost.PeakBytes, 1, mostForRestore);
    }
}
