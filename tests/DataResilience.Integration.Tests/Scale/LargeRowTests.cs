namespace DataResilience.Integration.Tests.Scale;

/// <summary>Memory with one row of 200 MB.</summary>
[Trait("Category", "Slow")]
public sealed class LargeRowTests(ITestOutputHelper output)
{
    private const long RowBytes = 200_000_000;
    private const long MostMemory = 250_000_000 + RowBytes;

    // To insert a value that it cannot write in place SQLite holds it twice, as what is bound and as the record that it makes of it
    // (OP_MakeRecord), whatever else the process does: only zeros that end a record are not spelled out there.
    private const long MostMemoryOfTwoCopies = MostMemory + RowBytes;

    [Theory]
    [InlineData("a blob that ends its row", "t(id INTEGER PRIMARY KEY, x BLOB)", "1, randomblob(200000000)", MostMemory)]
    [InlineData("a blob before other columns", "t(id INTEGER PRIMARY KEY, x BLOB, after TEXT)", "1, randomblob(200000000), 'after'", MostMemoryOfTwoCopies)]
    [InlineData("a text", "t(id INTEGER PRIMARY KEY, x TEXT)", "1, hex(randomblob(100000000))", MostMemoryOfTwoCopies)]
    public async Task A_row_of_200_megabytes_is_handled_within_250_megabytes_and_its_size_or_where_sqlite_copies_it_twice_its_size(
        string what, string definition, string values, long mostForRestore)
    {
        if (ConsoleRun.Obstacle is { } reason)
        {
            Assert.Skip(reason);
        }

        using var workspace = new Workspace();
        workspace.Execute(
            "large.db", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", $"CREATE TABLE {definition}", $"INSERT INTO t VALUES({values})");
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
