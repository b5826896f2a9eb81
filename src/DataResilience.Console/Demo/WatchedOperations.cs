namespace DataResilience.Console.Demo;

/// <summary>Operations whose progress somebody else is told too.</summary>
internal sealed class WatchedOperations : IOperations
{
    private readonly IOperations operations;
    private readonly Action<OperationProgress> watch;

    public WatchedOperations(IOperations operations, Action<OperationProgress> watch)
    {
        this.operations = operations;
        this.watch = watch;
    }

    public Task<OperationPlan> PlanAsync<TResult>(
        IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        operations.PlanAsync(request, new WatchedReporter(reporter, watch), cancellationToken);

    public Task<TResult> RunAsync<TResult>(
        IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        operations.RunAsync(request, new WatchedReporter(reporter, watch), cancellationToken);

    private sealed class WatchedReporter(IOperationReporter reporter, Action<OperationProgress> watch) : IOperationReporter
    {
        public void Progress(OperationProgress progress)
        {
            watch(progress);
            reporter.Progress(progress);
        }

        public void Verbose(string message) => reporter.Verbose(message);

        public void Debug(string message) => reporter.Debug(message);

        public void Warning(string message) => reporter.Warning(message);
    }
}
