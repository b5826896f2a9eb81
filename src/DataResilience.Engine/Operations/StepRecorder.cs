namespace DataResilience.Engine.Operations;

/// <summary>Runs the steps of an operation one after the other and keeps how each went.</summary>
internal sealed class StepRecorder(TimeProvider time, IOperationReporter reporter)
{
    private readonly List<OperationStep> steps = [];

    internal IReadOnlyList<OperationStep> Steps => [.. steps];

    /// <param name="name">What is done.</param>
    /// <param name="step">Does it and gives the detail: figures, or a reason.</param>
    internal async Task RunAsync(string name, Func<Task<string>> step)
    {
        long begun = time.GetTimestamp();
        string detail = await step();
        Add(name, StepStatus.Done, time.GetElapsedTime(begun), detail);
    }

    internal void Skip(string name, string reason) => Add(name, StepStatus.Skipped, TimeSpan.Zero, reason);

    private void Add(string name, StepStatus status, TimeSpan duration, string detail)
    {
        steps.Add(new OperationStep(name, status, duration, detail));
        reporter.Verbose($"{name}: {(status == StepStatus.Skipped ? "not needed, " : "")}{detail}");
    }
}
