using DataResilience.Console.Terminal;

namespace DataResilience.Console.Output;

/// <summary>Shows an error on standard error, never as a stack trace, and says which exit code it means.</summary>
internal sealed class ErrorWriter
{
    private readonly ITerminal terminal;
    private readonly OutputSettings settings;

    public ErrorWriter(ITerminal terminal, OutputSettings settings)
    {
        this.terminal = terminal;
        this.settings = settings;
    }

    public int Write(Exception exception, string command)
    {
        DataResilienceException error = Known(exception, command);
        Write(new ErrorLine(error.ErrorCode, error.Message, ConsoleWording.Advice(error.Definition), error.Target));
        if (settings.Debug && error.ErrorCode != Errors.Cancelled.Code)
        {
            WriteTrace(exception);
        }

        return ExitCode.Of(error);
    }

    public void Write(ErrorLine error)
    {
        if (settings.Json)
        {
            terminal.Error.WriteLine(JsonLine.Of(error));
            return;
        }

        string head = Ansi.Paint($"error {error.ErrorCode}:", Ansi.Red, settings.ErrorColor);
        terminal.Error.WriteLine($"{head} {VisibleText.OfLines(error.Message)}");
        terminal.Error.WriteLine($"  what to do: {VisibleText.OfLines(error.RecommendedAction)}");
    }

    private static DataResilienceException Known(Exception exception, string command) => exception switch
    {
        DataResilienceException known => known,
        OperationCanceledException => Errors.Cancelled.CreateFrom(exception, command),
        _ => Errors.Unexpected.CreateFrom(exception, command, exception.Message.TrimEnd('.')),
    };

    private void WriteTrace(Exception exception)
    {
        if (settings.Json)
        {
            terminal.Error.WriteLine(JsonLine.Of(new MessageLine("debug", exception.ToString())));
        }
        else
        {
            terminal.Error.WriteLine(VisibleText.OfLines(exception.ToString()));
        }
    }
}
