using System.Text.Json;
using DataResilience.Testing;

namespace DataResilience.Integration.Tests.Scale;

/// <summary>One run of the console executable in a process of its own.</summary>
/// <param name="Result">The first line it printed, which is the first result.</param>
/// <param name="Cost">What it cost.</param>
internal sealed record ConsoleRun(JsonElement Result, ProcessCost Cost)
{
    /// <summary>Why it cannot be measured here; null if it can.</summary>
    internal static string? Obstacle => OperatingSystem.IsLinux() ? null : "peak memory of a process is measured on Linux";

    /// <summary>Runs a command on the repository of a workspace; fails unless it ends well.</summary>
    internal static async Task<ConsoleRun> RunAsync(Workspace workspace, params IEnumerable<string> arguments)
    {
        string program = RepositoryLayout.Assembly("DataResilience.Console", "dataresilience");
        (string output, ProcessCost cost) = await ProcessCost.MeasureAsync(
            workspace, ["dotnet", program, .. arguments, "--repository", workspace.RepositoryPath, "--key-file", workspace.KeyFile, "--json", "--quiet"]);
        return new ConsoleRun(FirstLineOf(output), cost);
    }

    internal long Number(string property) => Result.GetProperty(property).GetInt64();

    private static JsonElement FirstLineOf(string output)
    {
        string line = output.Split('\n')[0];
        return line.Length == 0 ? default : JsonDocument.Parse(line).RootElement;
    }
}
