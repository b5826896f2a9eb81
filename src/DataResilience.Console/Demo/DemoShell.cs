using System.Text.Json;

namespace DataResilience.Console.Demo;

/// <summary>Runs command lines as a user would, in the demo's directory, and reads what they print.</summary>
internal sealed class DemoShell
{
    private readonly Func<IOperations> operations;
    private readonly TimeProvider time;
    private readonly string directory;

    public DemoShell(Func<IOperations> operations, TimeProvider time, string directory)
    {
        this.operations = operations;
        this.time = time;
        this.directory = directory;
    }

    /// <summary>Runs a command line with --json added.</summary>
    /// <param name="commandLine">Words without spaces; a word in braces is a path in the demo's directory.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it printed, read.</returns>
    public async Task<DemoAnswer> RunAsync(string commandLine, CancellationToken cancellationToken)
    {
        var terminal = new CapturedTerminal();
        string[] words = [.. commandLine.Split(' ').Select(Absolute), "--json"];
        int exitCode = await new ConsoleApplication(operations, terminal, time).RunAsync(words, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new DemoAnswer(Typed(commandLine), exitCode, Lines(terminal.Output), Lines(terminal.Error));
    }

    /// <summary>A command line of the demo as a user would type it in the demo's directory.</summary>
    public static string Typed(string commandLine) =>
        "dataresilience " + commandLine.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);

    private static List<JsonElement> Lines(TextWriter output)
    {
        string[] lines = output.ToString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. lines.Select(line => JsonElement.Parse(line))];
    }

    private string Absolute(string word)
    {
        int open = word.IndexOf('{', StringComparison.Ordinal);
        return open < 0 ? word : word[..open] + Path.Combine(directory, word[(open + 1)..].TrimEnd('}'));
    }
}
