namespace DataResilience.Console.Tests.Processes;

/// <summary>What is done with a backup that is there.</summary>
public sealed class BackedUpTests : IClassFixture<BackedUpStage>, IAsyncDisposable
{
    private readonly SqliteStage stage;

    public BackedUpTests(BackedUpStage backedUp) => stage = backedUp.Copy();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Theory]
    [InlineData("catalog")]
    [InlineData("checksum")]
    [InlineData("restore", "--target", "sqlite:drill.db", "--backup", "latest")]
    public async Task A_backup_is_verified_at_every_level(string level, params string[] more)
    {
        ConsoleResult result = await stage.RunAsync(["verify", "--level", level, .. more]);

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Lines, line => Assert.Equal(0, line.GetProperty("ProblemCount").GetInt32()));
        Assert.False(File.Exists(stage.In("drill.db")));
    }

    [Fact]
    public async Task A_damaged_pack_ends_verify_with_3_and_names_the_table()
    {
        string pack = Directory.EnumerateFiles(stage.In("repository/packs"), "*", SearchOption.AllDirectories).MaxBy(path => new FileInfo(path).Length)!;
        byte[] bytes = await File.ReadAllBytesAsync(pack, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        new FileInfo(pack).IsReadOnly = false;
        await File.WriteAllBytesAsync(pack, bytes, TestContext.Current.CancellationToken);

        ConsoleResult result = await stage.RunAsync("verify");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains(result.Lines.SelectMany(line => line.GetProperty("Problems").EnumerateArray()),
            problem => problem.GetProperty("Table").GetString() == "orders");
    }

    [Fact]
    public async Task A_repository_is_tested_and_optimized()
    {
        ConsoleResult checks = await stage.RunAsync("repository", "test");
        Assert.Equal(0, checks.ExitCode);
        Assert.NotEmpty(checks.Lines);
        Assert.False((await stage.RunAsync("repository", "optimize")).Single().GetProperty("IndexRebuilt").GetBoolean());
        Assert.True((await stage.RunAsync("repository", "optimize", "--rebuild-index")).Single().GetProperty("IndexRebuilt").GetBoolean());
    }
}
