namespace DataResilience.Engine.Operations;

/// <summary>Counts what was done against what there is, and tells the reporter; safe to call from any thread.</summary>
internal sealed class WorkProgress(IOperationReporter reporter, TimeProvider time, string activity, long expectedUnits)
{
    private const int MinSecondsForEstimate = 3;

    private readonly long begun = time.GetTimestamp();
    private long done;

    internal void Add(string part, long units, string status)
    {
        long total = Interlocked.Add(ref done, units);
        reporter.Progress(new OperationProgress { Activity = activity, Part = part, Status = status });
        reporter.Progress(new OperationProgress
        {
            Activity = activity,
            Status = part,
            PercentComplete = expectedUnits > 0 ? (int)Math.Min(99, total * 100.0 / expectedUnits) : null,
            Remaining = Remaining(total),
        });
    }

    internal void Complete(string part) =>
        reporter.Progress(new OperationProgress { Activity = activity, Part = part, Status = "done", PercentComplete = 100, IsCompleted = true });

    internal void Complete() =>
        reporter.Progress(new OperationProgress { Activity = activity, Status = "done", PercentComplete = 100, IsCompleted = true });

    /// <summary>An estimate is honest when some time has passed and the expected amount is known and not yet overrun.</summary>
    private TimeSpan? Remaining(long total)
    {
        TimeSpan elapsed = time.GetElapsedTime(begun);
        return expectedUnits > total && total > 0 && elapsed.TotalSeconds >= MinSecondsForEstimate
            ? TimeSpan.FromSeconds(Math.Round(elapsed.TotalSeconds * (expectedUnits - total) / total))
            : null;
    }
}
