using DataResilience.Console.Output;

namespace DataResilience.Console.Terminal;

/// <summary>Shows on standard error what an operation reports. Called from any thread.</summary>
internal sealed class ConsoleReporter : IOperationReporter, IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock guard = new();
    private readonly ITerminal terminal;
    private readonly OutputSettings settings;
    private readonly TimeProvider time;
    private long? lastDrawn;
    private bool isDrawn;

    public ConsoleReporter(ITerminal terminal, OutputSettings settings, TimeProvider time)
    {
        this.terminal = terminal;
        this.settings = settings;
        this.time = time;
    }

    public void Progress(OperationProgress progress)
    {
        if (!settings.Progress)
        {
            return;
        }

        lock (guard)
        {
            if (lastDrawn is { } last && time.GetElapsedTime(last) < ShortestPause)
            {
                return;
            }

            lastDrawn = time.GetTimestamp();
            Draw(ProgressText.Of(progress, terminal.Width - 1));
        }
    }

    public void Verbose(string message)
    {
        if (settings.Verbose || settings.Debug)
        {
            Write("verbose", message, Ansi.Dim);
        }
    }

    public void Debug(string message)
    {
        if (settings.Debug)
        {
            Write("debug", message, Ansi.Dim);
        }
    }

    public void Warning(string message) => Write("warning", message, Ansi.Yellow);

    /// <summary>Takes the line of progress away.</summary>
    public void Dispose()
    {
        lock (guard)
        {
            Erase();
        }
    }

    private void Write(string level, string message, string color)
    {
        lock (guard)
        {
            Erase();
            terminal.Error.WriteLine(settings.Json
                ? JsonLine.Of(new MessageLine(level, message))
                : $"{Ansi.Paint(level + ":", color, settings.ErrorColor)} {VisibleText.OfLines(message)}");
        }
    }

    private void Draw(string text)
    {
        terminal.Error.Write(Ansi.StartOfErasedLine + text);
        terminal.Error.Flush();
        isDrawn = true;
    }

    private void Erase()
    {
        if (isDrawn)
        {
            terminal.Error.Write(Ansi.StartOfErasedLine);
            isDrawn = false;
        }
    }
}
