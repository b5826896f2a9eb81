using System.Globalization;
using DataResilience.Console.Output;
using DataResilience.Console.Terminal;

namespace DataResilience.Console.Demo;

/// <summary>Tells the demo: a row of a table for each step, or a line of JSON. While a step runs, a terminal shows how far it is.</summary>
internal sealed class DemoNarrator : IDisposable
{
    private readonly ITerminal terminal;
    private readonly OutputSettings settings;
    private readonly TimeProvider time;
    private readonly ResultWriter writer;
    private readonly DemoTable table;
    private ConsoleReporter? reporter;
    private string running = "";

    public DemoNarrator(ITerminal terminal, OutputSettings settings, TimeProvider time)
    {
        this.terminal = terminal;
        this.settings = settings;
        this.time = time;
        writer = new ResultWriter(terminal, settings);
        table = new DemoTable(terminal.IsOutputTerminal ? terminal.Width : null);
    }

    public void Begin(DemoStage stage, int seed)
    {
        if (settings.Json)
        {
            return;
        }

        string digits = seed.ToString(CultureInfo.InvariantCulture);
        writer.WriteLine("This demo needs no server. It makes the database of a small shop, backs it");
        writer.WriteLine("up, changes it and backs it up again, damages a copy of the backups on");
        writer.WriteLine("purpose, restores, and checks every figure that it shows.");
        writer.WriteLine("");
        writer.WriteLine($"Files: {stage.Directory}");
        writer.WriteLine(stage.IsKept ? "       They are kept." : "       Removed at the end; --directory PATH keeps them.");
        writer.WriteLine($"Seed:  {digits}");
        writer.WriteLine($"       Decides where the damage is done; --seed {digits} draws the same again.");
        writer.WriteLine("");
        writer.Write(table.Head());
    }

    public void Start(int number, int count, DemoScene scene)
    {
        running = $"step {number} of {count}, {scene.Title}";
        reporter = new ConsoleReporter(terminal, settings, time);
        reporter.Verbose(DemoShell.Typed(scene.CommandLine));
        reporter.Progress(new OperationProgress { Activity = running, Status = "running" });
    }

    /// <summary>Shows how far the step is that runs. Called from any thread.</summary>
    public void Watch(OperationProgress progress) => reporter?.Progress(progress with { Activity = running });

    public void Tell(DemoStep step)
    {
        Dispose();
        if (settings.Json)
        {
            writer.WriteLine(JsonLine.Of(step));
        }
        else
        {
            writer.Write(table.Row(step));
        }
    }

    public void End(DemoStage stage, IReadOnlyList<DemoStep> steps, int count)
    {
        if (settings.Json)
        {
            return;
        }

        writer.WriteLine("");
        if (steps.Count == count && steps.All(step => step.IsAsExpected))
        {
            string took = HumanText.Duration(TimeSpan.FromTicks(steps.Sum(step => step.Duration.Ticks)));
            writer.WriteLine($"All {count} steps are ok, in {took}: every figure above was checked. Equal by digest:");
            writer.WriteLine("the restored rows were read back, and their hash is the one taken at the backup.");
            Invite();
        }
        else
        {
            string rest = steps.Count < count ? " The steps after it were not run." : "";
            writer.WriteLine($"{Ansi.Paint("FAILED", Ansi.Red, settings.OutputColor)}: step {steps.Count}, {steps[^1].Title}.{rest}");
            writer.WriteLine(stage.IsKept
                ? $"The files are kept in {stage.Directory}."
                : "The files are removed; --directory PATH keeps them.");
        }
    }

    /// <summary>Takes the line of progress away.</summary>
    public void Dispose()
    {
        reporter?.Dispose();
        reporter = null;
    }

    private void Invite()
    {
        writer.WriteLine("");
        writer.WriteLine("The same with your own database; my.db stands for its file:");
        writer.WriteLine("");
        writer.WriteLine("  dataresilience repository init -r backups --key-file backups.key");
        writer.WriteLine("  dataresilience backup sqlite:my.db -r backups --key-file backups.key");
        writer.WriteLine("  dataresilience verify -r backups --key-file backups.key");
        writer.WriteLine("  dataresilience restore sqlite:copy.db -r backups --key-file backups.key");
        writer.WriteLine("");
        writer.WriteLine("Keep backups.key: without it nobody can read the backups. In a checkout, type");
        writer.WriteLine("'dotnet run --project src/DataResilience.Console --' for 'dataresilience'.");
    }
}
