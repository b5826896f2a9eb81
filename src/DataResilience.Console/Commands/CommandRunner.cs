using System.CommandLine;
using DataResilience.Console.Output;
using DataResilience.Console.Terminal;

namespace DataResilience.Console.Commands;

/// <summary>Runs any operation command: binds, runs, shows the result or the error, says the exit code.</summary>
internal sealed class CommandRunner
{
    private readonly Func<IOperations> operations;
    private readonly ITerminal terminal;
    private readonly CommonOptions common;

    public CommandRunner(Func<IOperations> operations, ITerminal terminal, CommonOptions common, TimeProvider time)
    {
        this.operations = operations;
        this.terminal = terminal;
        this.common = common;
        Time = time;
    }

    public TimeProvider Time { get; }

    public async Task<int> RunAsync<TRequest, TResult>(
        OperationCommand<TRequest, TResult> command, ParseResult parse, CancellationToken cancellationToken)
        where TRequest : class, IOperationRequest<TResult>
    {
        OutputSettings settings = common.Read(parse, terminal);
        try
        {
            using var reporter = new ConsoleReporter(terminal, settings, Time);
            reporter.Debug($"Running {command.Name}.");
            var run = new CommandRun<TRequest, TResult>(command.Bind(parse), operations(), reporter, new Prompt(terminal, settings));
            return command.IsWhatIf(parse)
                ? Show(await run.PlanAsync(cancellationToken), settings, reporter)
                : await CarryOutAsync(command, parse, run, settings, reporter, cancellationToken);
        }
        catch (Exception exception)
        {
            return new ErrorWriter(terminal, settings).Write(exception, command.Name);
        }
    }

    private async Task<int> CarryOutAsync<TRequest, TResult>(
        OperationCommand<TRequest, TResult> command,
        ParseResult parse,
        CommandRun<TRequest, TResult> run,
        OutputSettings settings,
        ConsoleReporter reporter,
        CancellationToken cancellationToken)
        where TRequest : class, IOperationRequest<TResult>
    {
        if (command.HasToAsk(parse))
        {
            await run.ConfirmAsync(command.Name, cancellationToken);
        }

        TResult result = await run.RunAsync(cancellationToken);
        reporter.Dispose();
        int exitCode = command.ExitCodeOf(result);
        Show(command, result, exitCode, settings);
        return exitCode;
    }

    private void Show<TRequest, TResult>(OperationCommand<TRequest, TResult> command, TResult result, int exitCode, OutputSettings settings)
        where TRequest : class, IOperationRequest<TResult>
    {
        if (exitCode == ExitCode.NothingMatched)
        {
            throw Errors.NothingMatched.Create(command.Name);
        }

        var writer = new ResultWriter(terminal, settings);
        if (settings.Json)
        {
            foreach (string line in command.JsonLines(result))
            {
                writer.WriteLine(line);
            }
        }
        else if (!settings.Quiet || command.Effect == Effect.Reads || exitCode != ExitCode.Done)
        {
            writer.Write(command.View(result));
        }
    }

    private int Show(OperationPlan plan, OutputSettings settings, ConsoleReporter reporter)
    {
        reporter.Dispose();
        new ResultWriter(terminal, settings).Write(plan);
        return ExitCode.Done;
    }
}
