namespace DataResilience.Console;

/// <summary>Stands where the engine will be.</summary>
internal sealed class AbsentEngine : IOperations
{
    public Task<OperationPlan> PlanAsync<TResult>(
        IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        throw new NotSupportedException("this build has no engine");

    public Task<TResult> RunAsync<TResult>(
        IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        throw new NotSupportedException("this build has no engine");
}
