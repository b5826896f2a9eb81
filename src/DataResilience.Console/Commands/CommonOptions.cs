using System.CommandLine;
using DataResilience.Console.Terminal;

namespace DataResilience.Console.Commands;

/// <summary>The options of every command: how it talks.</summary>
internal sealed class CommonOptions
{
    private readonly Option<bool> json = Flag("--json", "Print results as JSON, one object a line; messages on standard error too.");
    private readonly Option<bool> quiet = Flag("--quiet", "Print nothing but warnings and errors when all goes well.", "-q");
    private readonly Option<bool> verbose = Flag("--verbose", "Say what is done, on standard error.", "-v");
    private readonly Option<bool> debug = Flag("--debug", "Say what helps to find a fault: statements, retries, traces. No secrets.");
    private readonly Option<bool> noColor = Flag("--no-color", "Use no colours. NO_COLOR and CI do the same.");

    public void AddTo(RootCommand root)
    {
        root.Add(json);
        root.Add(quiet);
        root.Add(verbose);
        root.Add(debug);
        root.Add(noColor);
    }

    public OutputSettings Read(ParseResult parse, ITerminal terminal) => OutputSettings.From(
        terminal, parse.GetValue(json), parse.GetValue(quiet), parse.GetValue(verbose), parse.GetValue(debug), parse.GetValue(noColor));

    /// <summary>What can be known of a command line that cannot be understood.</summary>
    public OutputSettings ReadUnparsed(IReadOnlyList<string> args, ITerminal terminal) => OutputSettings.From(
        terminal, args.Contains(json.Name), quiet: false, verbose: false, debug: false, args.Contains(noColor.Name));

    private static Option<bool> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Recursive = true };
}
