using System.Text.Json;

namespace DataResilience.Console.Tests.Processes;

public sealed class DemoTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("console-demo-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task The_demo_tells_its_story_in_forty_lines_and_ends_with_0()
    {
        ConsoleResult result = await ConsoleProcess.RunAsync(directory, "demo", "--seed", "1");

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.InRange(result.Output.TrimEnd().Split('\n').Length, 20, 40);
        Assert.Contains("(exit code 3)", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT AS EXPECTED", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_as_json_has_every_step_as_expected_and_keeps_its_directory()
    {
        string kept = Path.Combine(directory, "kept");

        ConsoleResult result = await ConsoleProcess.RunAsync(directory, "demo", "--json", "--directory", kept);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Enumerable.Range(1, 9), result.Lines.Select(line => line.GetProperty("Step").GetInt32()));
        Assert.All(result.Lines, line => Assert.True(line.GetProperty("IsAsExpected").GetBoolean()));
        JsonElement damaged = result.Lines.Single(line => line.GetProperty("ExitCode").GetInt32() == 3);
        Assert.Contains("orders", damaged.GetProperty("Outcome").GetString(), StringComparison.Ordinal);
        string revenue = await Sqlite3.RunAsync(Path.Combine(kept, "copy.db"), "SELECT count(*), min(cents) > 0 FROM revenue; PRAGMA integrity_check;");
        Assert.Equal("500|1\nok\n", revenue);
        string changed = await Sqlite3.RunAsync(Path.Combine(kept, "shop.db"), "SELECT count(*) FROM orders; PRAGMA integrity_check; PRAGMA foreign_key_check;");
        Assert.Equal("95300\nok\n", changed);
    }

    [Fact]
    public async Task A_directory_that_is_not_empty_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "mine"), "", TestContext.Current.CancellationToken);

        ConsoleResult result = await ConsoleProcess.RunAsync(directory, "demo", "--directory", ".", "--json");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("ArgumentInvalid", result.ErrorCode);
    }
}
