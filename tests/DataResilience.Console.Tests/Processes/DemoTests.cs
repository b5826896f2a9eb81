using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataResilience.Console.Tests.Processes;

public sealed partial class DemoTests : IClassFixture<DemoRuns>, IDisposable
{
    private readonly DemoRuns runs;
    private readonly string directory = Directory.CreateTempSubdirectory("console-demo-").FullName;

    public DemoTests(DemoRuns runs) => this.runs = runs;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void The_demo_is_a_table_of_a_row_a_step_with_the_figures_of_its_json()
    {
        ConsoleResult result = runs.Shown;

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain('\e', result.Output);
        Assert.Contains("--seed 41 draws the same again", result.Output, StringComparison.Ordinal);
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        var table = DemoTableText.Read(result.Output);
        Assert.Equal(["#", "STEP", "FIGURES", "TIME", "CHECK"], table.Headings);
        Assert.Equal(
            runs.Json.Lines.Select(line => $"{line.GetProperty("Step")}|{line.GetProperty("Title")}|{Shape(line.GetProperty("Outcome").GetString()!)}|ok"),
            table.Rows.Select(row => $"{row[0]}|{row[1]}|{Shape(row[2])}|{row[4]}"));
        Assert.All(table.Rows, row => Assert.Matches(@"^\d+(\.\d)? (ms|s)$", row[3]));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task What_the_demo_invites_to_type_works()
    {
        await Sqlite3.RunAsync(Path.Combine(directory, "my.db"), "CREATE TABLE mine (id INTEGER PRIMARY KEY); INSERT INTO mine VALUES (1), (2);");
        ConsoleResult result = await ConsoleProcess.RunAsync(directory, "demo");
        string[] commands = [.. result.Output.Split('\n').Where(line => line.StartsWith("  dataresilience ", StringComparison.Ordinal))];

        foreach (string command in commands)
        {
            ConsoleResult own = await ConsoleProcess.RunAsync(directory, command.Trim().Split(' ')[1..]);
            Assert.True(own.ExitCode == 0, $"{command}: {own.Error}");
        }

        Assert.Equal(4, commands.Length);
        Assert.Equal("2\n", await Sqlite3.RunAsync(Path.Combine(directory, "copy.db"), "SELECT count(*) FROM mine;"));
    }

    [Fact]
    public async Task The_demo_as_json_has_every_step_as_expected_and_keeps_its_directory()
    {
        ConsoleResult result = runs.Json;

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Enumerable.Range(1, 9), result.Lines.Select(line => line.GetProperty("Step").GetInt32()));
        Assert.All(result.Lines, line => Assert.True(line.GetProperty("IsAsExpected").GetBoolean()));
        Assert.All(result.Lines, line => Assert.True(line.GetProperty("DurationSeconds").GetDouble() > 0));
        JsonElement damaged = result.Lines.Single(line => line.GetProperty("ExitCode").GetInt32() == 3);
        Assert.Contains("orders", damaged.GetProperty("Outcome").GetString(), StringComparison.Ordinal);
        string revenue = await Sqlite3.RunAsync(Path.Combine(runs.Kept, "copy.db"), "SELECT count(*), min(cents) > 0 FROM revenue; PRAGMA integrity_check;");
        Assert.Equal("500|1\nok\n", revenue);
        Assert.Equal("500\n", await Sqlite3.RunAsync(Path.Combine(runs.Kept, "products.db"), "SELECT count(*) FROM products;"));
        string changed = await Sqlite3.RunAsync(Path.Combine(runs.Kept, "shop.db"), "SELECT count(*) FROM orders; PRAGMA integrity_check; PRAGMA foreign_key_check;");
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

    /// <summary>The figures without the numbers, which differ from run to run: the secret of a repository says where chunks are cut.</summary>
    private static string Shape(string figures) => Figure().Replace(figures, "N");

    [GeneratedRegex(@"(?<=packs/)[0-9a-f/]+|[\d.,]*\d%?( [KMG]?B\b)?")]
    private static partial Regex Figure();
}
