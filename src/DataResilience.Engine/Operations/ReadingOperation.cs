namespace DataResilience.Engine.Operations;

/// <summary>An operation that changes nothing: its plan is to read.</summary>
internal abstract class ReadingOperation<TRequest, TResult> : Operation<TRequest, TResult>
    where TRequest : IOperationRequest<TResult>
{
    protected override Task<OperationPlan> PlanAsync(TRequest request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        Task.FromResult(new OperationPlan(SubjectOf(request), "Read", []));

    /// <summary>What is read, as users wrote it.</summary>
    protected abstract string SubjectOf(TRequest request);
}
