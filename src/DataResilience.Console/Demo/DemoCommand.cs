using System.CommandLine;
using System.Globalization;
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
            // What a client remembers of the demo's repositories goes with them; this process does nothing else.
            Environment.SetEnvironmentVariable("DATARESILIENCE_STATE", Path.Combine(stage.Directory, "state"));
            return await TellAsync(new DemoNarrator(terminal.Output, settings), stage, chosenSeed, cancellationToken);
        }
        catch (Exception exception)
        {
            return new ErrorWriter(terminal, settings).Write(exception, Name);
        }
    }

    private async Task<int> TellAsync(DemoNarrator narrator, DemoStage stage, int chosenSeed, CancellationToken cancellationToken)
    {
        narrator.Begin(stage, chosenSeed.ToString(CultureInfo.InvariantCulture));
        bool isAsExpected = true;
        var shell = new DemoShell(operations, time, stage.Directory);
        await foreach (DemoStep step in new DemoStory(shell, stage.Directory, chosenSeed).RunAsync(cancellationToken))
        {
            narrator.Tell(step);
            isAsExpected &= step.IsAsExpected;
        }

        narrator.End(stage, isAsExpected);
        return isAsExpected ? ExitCode.Done : ExitCode.Failed;
    }
}
