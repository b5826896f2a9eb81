using System.CommandLine;
using System.CommandLine.Invocation;
using DataResilience.Console.Commands;
using DataResilience.Console.Demo;
using DataResilience.Console.Terminal;

namespace DataResilience.Console;

/// <summary>The console face: parses a command line, runs its command, says the exit code.</summary>
internal sealed class ConsoleApplication
{
    // A response file (@path) would let the name of a table or a tag read a file.
    private static readonly ParserConfiguration WithoutResponseFiles = new() { ResponseFileTokenReplacer = null };

    private readonly ITerminal terminal;
    private readonly CommonOptions common = new();

    public ConsoleApplication(Func<IOperations> operations, ITerminal terminal, TimeProvider time)
    {
        this.terminal = terminal;
        var demo = new DemoCommand(operations, terminal, common, time);
        Root = CommandTree.Build(common, new CommandRunner(operations, terminal, common, time), demo);
    }

    /// <summary>The tree of commands.</summary>
    public RootCommand Root { get; }

    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        ParseResult parse = Root.Parse(args, WithoutResponseFiles);
        if (parse.Action is ParseErrorAction)
        {
            return new UsageError(terminal, common.ReadUnparsed(args, terminal)).Write(parse, args);
        }

        // Signals are StopSignals' alone: the library's own handling ends the process two seconds after one.
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parse.InvokeAsync(invocation, cancellationToken);
    }
}
