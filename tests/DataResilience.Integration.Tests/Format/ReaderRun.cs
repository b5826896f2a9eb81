namespace DataResilience.Integration.Tests.Format;

/// <summary>What a run of the reader said: exit code 0 all well, 1 cannot be done, 3 something is wrong with the repository.</summary>
internal sealed record ReaderRun(int ExitCode, string Output, string Errors)
{
    internal IEnumerable<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal IEnumerable<string> Findings => Lines.Where(line => line.StartsWith("finding ", StringComparison.Ordinal));

    internal ReaderRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}:\n{Output}\n{Errors}");
        return this;
    }
}
