namespace DataResilience.Engine.Operations;

/// <summary>Every operation by the type of its request, and the one way in.</summary>
internal sealed class OperationRegistry : IOperations
{
    private readonly IReadOnlyDictionary<Type, object> operationByRequest;

    internal OperationRegistry(IReadOnlyDictionary<Type, object> operationByRequest) => this.operationByRequest = operationByRequest;

    public Task<OperationPlan> PlanAsync<TResult>(IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        GuardAsync(Find(request).PlanAsync(request, reporter, cancellationToken), request, reporter, cancellationToken);

    public Task<TResult> RunAsync<TResult>(IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        GuardAsync(Find(request).RunAsync(request, reporter, cancellationToken), request, reporter, cancellationToken);

    private IOperation<TResult> Find<TResult>(IOperationRequest<TResult> request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (IOperation<TResult>)operationByRequest[request.GetType()];
    }

    /// <summary>What the catalogue does not know reaches a face as <c>Unexpected</c>, with its cause kept for -Debug.</summary>
    private static async Task<T> GuardAsync<T>(Task<T> work, object request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            return await work;
        }
        catch (Exception failure) when (failure is not (DataResilienceException or OperationCanceledException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            reporter.Debug(failure.ToString());
            throw Errors.Unexpected.CreateFrom(failure, request.GetType().Name.Replace("Request", "", StringComparison.Ordinal), failure.Message);
        }
    }
}
