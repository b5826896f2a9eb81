namespace DataResilience.Engine.Operations;

/// <summary>What every operation starts from: its request in its own type.</summary>
internal abstract class Operation<TRequest, TResult> : IOperation<TResult>
    where TRequest : IOperationRequest<TResult>
{
    public Task<OperationPlan> PlanAsync(IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        PlanAsync((TRequest)request, reporter, cancellationToken);

    public Task<TResult> RunAsync(IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        RunAsync((TRequest)request, reporter, cancellationToken);

    protected abstract Task<OperationPlan> PlanAsync(TRequest request, IOperationReporter reporter, CancellationToken cancellationToken);

    protected abstract Task<TResult> RunAsync(TRequest request, IOperationReporter reporter, CancellationToken cancellationToken);
}
