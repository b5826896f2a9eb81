using System.Text.Json;

namespace DataResilience.Console.Demo;

/// <summary>What a command line of the demo answered.</summary>
/// <param name="Command">The command line as a user would type it.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Results">The objects it printed.</param>
/// <param name="Messages">What it said on standard error.</param>
internal sealed record DemoAnswer(string Command, int ExitCode, IReadOnlyList<JsonElement> Results, string Messages)
{
    /// <summary>The first result; a demo step without one has failed.</summary>
    public JsonElement First => Results.Count > 0 ? Results[0] : throw new InvalidDataException(Messages);

    public long Number(string property) => First.GetProperty(property).GetInt64();

    public string Text(string property) => First.GetProperty(property).GetString() ?? "";

    public long Sum(string property) => Results.Sum(result => result.GetProperty(property).GetInt64());
}
