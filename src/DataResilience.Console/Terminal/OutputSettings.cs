namespace DataResilience.Console.Terminal;

/// <summary>How this run talks: what the options, the variables and the kind of the streams say together.</summary>
internal sealed record OutputSettings
{
    public required bool Json { get; init; }

    public required bool Quiet { get; init; }

    public required bool Verbose { get; init; }

    public required bool Debug { get; init; }

    /// <summary>Whether results may have colours.</summary>
    public required bool OutputColor { get; init; }

    /// <summary>Whether messages may have colours.</summary>
    public required bool ErrorColor { get; init; }

    /// <summary>Whether a line of progress may be drawn and drawn again.</summary>
    public required bool Progress { get; init; }

    /// <summary>Whether somebody is there to be asked.</summary>
    public required bool CanAsk { get; init; }

    public static OutputSettings From(ITerminal terminal, bool json, bool quiet, bool verbose, bool debug, bool noColor)
    {
        // NO_COLOR counts when it is not empty (no-color.org); CI systems set CI and keep a log, not a screen.
        bool inContinuousIntegration = IsSet(terminal, "CI");
        bool dumb = terminal.Variable("TERM") == "dumb";
        bool color = !noColor && !IsSet(terminal, "NO_COLOR") && !inContinuousIntegration && !dumb;
        return new OutputSettings
        {
            Json = json,
            Quiet = quiet,
            Verbose = verbose,
            Debug = debug,
            OutputColor = color && !json && terminal.IsOutputTerminal,
            ErrorColor = color && !json && terminal.IsErrorTerminal,
            Progress = !json && !quiet && !dumb && !inContinuousIntegration && terminal.IsErrorTerminal,
            CanAsk = !inContinuousIntegration && terminal.IsInputTerminal && terminal.IsErrorTerminal,
        };
    }

    private static bool IsSet(ITerminal terminal, string name) => terminal.Variable(name) is { Length: > 0 } value && value != "false";
}
