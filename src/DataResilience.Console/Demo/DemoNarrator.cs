using DataResilience.Console.Output;
using DataResilience.Console.Terminal;

namespace DataResilience.Console.Demo;

/// <summary>Tells the demo: three lines a step, or one line of JSON.</summary>
internal sealed class DemoNarrator
{
    private readonly TextWriter output;
    private readonly OutputSettings settings;

    public DemoNarrator(TextWriter output, OutputSettings settings)
    {
        this.output = output;
        this.settings = settings;
    }

    public void Begin(DemoStage stage, string seed)
    {
        if (!settings.Json)
        {
            output.WriteLine("A shop (SQLite, 100,000 rows) is backed up, verified, restored, changed and backed up again, then damaged.");
            output.WriteLine($"The commands are run in {stage.Directory}, the damage is drawn from --seed {seed}.");
            output.WriteLine();
        }
    }

    public void Tell(DemoStep step)
    {
        if (settings.Json)
        {
            output.WriteLine(JsonLine.Of(step));
            return;
        }

        string mark = step.IsAsExpected ? "" : Ansi.Paint("NOT AS EXPECTED: ", Ansi.Red, settings.OutputColor);
        output.WriteLine($"{step.Step}. {step.Title}");
        output.WriteLine(Ansi.Paint($"   $ {step.Command}", Ansi.Dim, settings.OutputColor));
        output.WriteLine($"   {mark}{VisibleText.OfLines(step.Outcome)} (exit code {step.ExitCode})");
    }

    public void End(DemoStage stage, bool isAsExpected)
    {
        if (settings.Json)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(isAsExpected ? "Every figure was checked, and all is as it should be." : "Something is not as it should be.");
        output.WriteLine(stage.IsKept ? $"Everything is kept in {stage.Directory}." : "The directory is removed; --directory PATH keeps it.");
    }
}
