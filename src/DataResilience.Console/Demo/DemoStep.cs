namespace DataResilience.Console.Demo;

/// <summary>One step of the demo, as <c>demo --json</c> prints it.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Title">What it does.</param>
/// <param name="Command">The command line that was run; a user would type the same.</param>
/// <param name="ExitCode">What that command ended with.</param>
/// <param name="Outcome">Its figures; after them what is not as it should be.</param>
/// <param name="IsAsExpected">Whether every one of them is as it should be.</param>
/// <param name="Duration">How long the step took.</param>
internal sealed record DemoStep(
    int Step, string Title, string Command, int ExitCode, string Outcome, bool IsAsExpected, TimeSpan Duration)
{
    /// <summary><see cref="Duration"/> in seconds.</summary>
    public double DurationSeconds => Duration.TotalSeconds;
}
