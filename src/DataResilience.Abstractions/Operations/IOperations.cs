namespace DataResilience;

/// <summary>Everything the product can do. The cmdlets and the console are two faces of this.</summary>
public interface IOperations
{
    /// <summary>Says what <see cref="RunAsync"/> would do, and changes nothing: no object, no lock, no file.</summary>
    /// <typeparam name="TResult">The operation's result.</typeparam>
    /// <param name="request">What is asked.</param>
    /// <param name="reporter">Who is told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="DataResilienceException">The request cannot be carried out; the code says why.</exception>
    Task<OperationPlan> PlanAsync<TResult>(IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken);

    /// <summary>Carries out a request.</summary>
    /// <typeparam name="TResult">The operation's result.</typeparam>
    /// <param name="request">What is asked.</param>
    /// <param name="reporter">Who is told of progress.</param>
    /// <param name="cancellationToken">Ends it; nothing half done is left under a wanted name.</param>
    /// <returns>The result.</returns>
    /// <exception cref="DataResilienceException">It failed; the code says why.</exception>
    Task<TResult> RunAsync<TResult>(IOperationRequest<TResult> request, IOperationReporter reporter, CancellationToken cancellationToken);
}
