namespace DataResilience.Engine.Operations;

/// <summary>One operation, found by the type of its request.</summary>
internal interface IOperation<TResult>
{
    Task<OperationPlan> PlanAsync(IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken);

    Task<TResult> RunAsync(IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken);
}
