using DataResilience.Console.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Output;

/// <summary>Writes results on standard output: a view for people, or lines of JSON.</summary>
internal sealed class ResultWriter
{
    // Wide enough that no line is ever folded: what reads a file or a pipe can scroll, but cannot join.
    private const int WidthOfFiles = 100_000;

    private readonly ITerminal terminal;
    private readonly OutputSettings settings;

    public ResultWriter(ITerminal terminal, OutputSettings settings)
    {
        this.terminal = terminal;
        this.settings = settings;
    }

    public void WriteLine(string text) => terminal.Output.WriteLine(text);

    public void Write(IRenderable view)
    {
        var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = settings.OutputColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = settings.OutputColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            // Else it takes its own view of CI systems and terminals; here that is OutputSettings' alone.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = terminal.IsOutputTerminal ? terminal.Width : WidthOfFiles;
        console.Profile.Capabilities.Unicode = true;
        console.Write(view);
        foreach (string line in text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n'))
        {
            terminal.Output.WriteLine(line.TrimEnd());
        }
    }

    public void Write(OperationPlan plan)
    {
        if (settings.Json)
        {
            WriteLine(JsonLine.Of(plan));
            return;
        }

        WriteLine($"What if: performing the operation \"{VisibleText.Of(plan.Action)}\" on \"{VisibleText.Of(plan.Target)}\".");
        foreach (string detail in plan.Details)
        {
            WriteLine("  " + VisibleText.Of(detail));
        }
    }
}
