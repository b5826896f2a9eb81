namespace DataResilience.Console.Demo;

/// <summary>A step of the demo before it is played: one command line, and who looks at its answer.</summary>
/// <param name="Title">What it does, in a newcomer's words.</param>
/// <param name="CommandLine">What is run; see <see cref="DemoShell.RunAsync"/>.</param>
/// <param name="ExitCode">What the command must end with.</param>
/// <param name="Look">Reads the figures of its answer and checks each.</param>
internal sealed record DemoScene(string Title, string CommandLine, int ExitCode, Func<DemoAnswer, DemoFigures> Look)
{
    /// <summary>What happens before the command is run.</summary>
    public Action Prepare { get; init; } = () => { };

    public DemoFigures Judge(DemoAnswer answer)
    {
        if (answer.ExitCode != ExitCode)
        {
            return DemoFigures.Failure($"exit code {answer.ExitCode} instead of {ExitCode}. {answer.Reason}".TrimEnd());
        }

        return answer.Results.Count == 0 ? DemoFigures.Failure("the command printed no result") : Look(answer);
    }
}
