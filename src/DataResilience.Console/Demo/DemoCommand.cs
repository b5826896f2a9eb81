using System.CommandLine;
using System.Security.Cryptography;
using DataResilience.Console.Commands;
using DataResilience.Console.Output;
using DataResilience.Console.Parsing;
using DataResilience.Console.Terminal;

namespace DataResilience.Console.Demo;

/// <summary><c>dataresilience demo</c>: the whole way through the product on a bundled database, every figure checked.</summary>
internal sealed class DemoCommand : Command
{
    private readonly ValueOption<string> directory =
        new("--directory", "path", "An empty or new directory to work in and to keep. Default: a temporary one.", Values.FullPath);

    private readonly ValueOption<int?> seed =
        new("--seed", "number", "Where the damage is done is drawn from it. Default: another one each time.", Values.Number);

    private readonly Func<IOperations> operations;
    private readonly ITerminal terminal;
    private readonly CommonOptions common;
    private readonly TimeProvider time;

    public DemoCommand(Func<IOperations> operations, ITerminal terminal, CommonOptions common, TimeProvider time)
        : base("demo", "Backs up, verifies, restores and damages a small shop: needs no server. Ends with 1 where anything is not as it should be.")
    {
        this.operations = operations;
        this.terminal = terminal;
        this.common = common;
        this.time = time;
        Add(directory);
        Add(seed);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        OutputSettings settings = common.Read(parse, terminal);
        try
        {
            int chosenSeed = seed.Get(parse) ?? RandomNumberGenerator.GetInt32(1_000_000);
            using var stage = DemoStage.Open(directory.Get(parse));
            using var narrator = new DemoNarrator(terminal, settings, time);
            narrator.Begin(stage, chosenSeed);
            var shell = new DemoShell(() => new WatchedOperations(operations(), narrator.Watch), time, stage.Directory);
            return await TellAsync(new DemoStory(shell, time, stage.Directory, chosenSeed), narrator, stage, cancellationToken);
        }
        catch (Exception exception)
        {
            return new ErrorWriter(terminal, settings).Write(exception, Name);
        }
    }

    /// <summary>Plays the scenes, and ends after the first that is not as expected.</summary>
    private static async Task<int> TellAsync(
        DemoStory story, DemoNarrator narrator, DemoStage stage, CancellationToken cancellationToken)
    {
        List<DemoStep> steps = [];
        foreach ((int index, DemoScene scene) in story.Scenes.Index())
        {
            narrator.Start(index + 1, story.Scenes.Count, scene);
            DemoStep step = await story.PlayAsync(index + 1, scene, cancellationToken);
            narrator.Tell(step);
            steps.Add(step);
            if (!step.IsAsExpected)
            {
                break;
            }
        }

        narrator.End(stage, steps, story.Scenes.Count);
        return steps.All(step => step.IsAsExpected) ? ExitCode.Done : ExitCode.Failed;
    }
}
