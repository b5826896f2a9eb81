using System.Text.Json;

namespace DataResilience.Console.Tests.Processes;

/// <summary>What a console process left behind.</summary>
internal sealed record ConsoleResult(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<JsonElement> Lines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    /// <summary>The one object of a command that was to succeed.</summary>
    public JsonElement Single()
    {
        Assert.DoesNotContain("\"errorCode\"", Error, StringComparison.Ordinal);
        Assert.Equal(0, ExitCode);
        return Assert.Single(Lines);
    }

    public string ErrorCode => JsonElement.Parse(Error.TrimEnd().Split('\n')[^1]).GetProperty("errorCode").GetString()!;
}
