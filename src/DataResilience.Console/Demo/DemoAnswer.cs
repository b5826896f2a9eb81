using System.Text.Json;
using DataResilience.Console.Output;

namespace DataResilience.Console.Demo;

/// <summary>What a command line of the demo answered.</summary>
/// <param name="Command">The command line as a user would type it.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Results">The objects it printed.</param>
/// <param name="Messages">What it said on standard error, an object a line.</param>
internal sealed record DemoAnswer(
    string Command, int ExitCode, IReadOnlyList<JsonElement> Results, IReadOnlyList<JsonElement> Messages)
{
    /// <summary>The first result.</summary>
    public JsonElement First => Results[0];

    /// <summary>The error it ended with; empty where there was none.</summary>
    public string Reason => string.Join(" ", Messages
        .Where(message => message.TryGetProperty("errorCode", out _))
        .Select(error => $"{error.GetProperty("errorCode").GetString()}: {error.GetProperty("message").GetString()}"));

    public long Number(string property) => First.GetProperty(property).GetInt64();

    public string Text(string property) => First.GetProperty(property).GetString() ?? "";

    public long Sum(string property) => Results.Sum(result => result.GetProperty(property).GetInt64());

    /// <summary>How fast so many bytes went, by the command's own clock.</summary>
    /// <param name="bytes">How many.</param>
    /// <returns>Such as <c>12.3 MB/s</c>.</returns>
    public string Rate(long bytes) =>
        HumanText.Rate(bytes, TimeSpan.FromSeconds(Results.Max(result => result.GetProperty("DurationSeconds").GetDouble())));
}
