namespace DataResilience.PowerShell.Completion;

/// <summary>Offers what a repository holds, if it opens at once.</summary>
public abstract class RepositoryCompleter : ValueCompleter
{
    /// <summary>The request whose answer holds the values.</summary>
    private protected abstract RepositoryRequest Request(CompletionContext context);

    /// <summary>Asks for the values.</summary>
    private protected abstract Task<IEnumerable<Candidate>> AskAsync(
        IOperations operations, RepositoryRequest request, CancellationToken cancellationToken);

    private protected static Task<T> AskAsync<T>(
        IOperations operations, RepositoryRequest request, CancellationToken cancellationToken) =>
        operations.RunAsync((IOperationRequest<T>)request, new SilentReporter(), cancellationToken);

    private protected sealed override Func<IOperations, CancellationToken, Task<IEnumerable<Candidate>>>? Question(CompletionContext context) =>
        context.InRepository(Request(context)) is { } request
            ? (operations, cancellationToken) => AskAsync(operations, request, cancellationToken)
            : null;
}
