namespace DataResilience.PowerShell.Completion;

/// <summary>Offers what is at the endpoint that the command line names, by the operation of Get-Database.</summary>
public abstract class EndpointCompleter : ValueCompleter
{
    /// <summary>What is asked; null where the command line does not say enough.</summary>
    private protected abstract GetDatabaseRequest? Request(CompletionContext context);

    /// <summary>The values in the answer.</summary>
    private protected abstract IEnumerable<Candidate> Candidates(IReadOnlyList<Database> databases);

    private protected static Candidate NameOf(Database database) =>
        new(database.Name, $"{database.Engine} {database.EngineVersion} on {database.Server}");

    private protected sealed override Func<IOperations, CancellationToken, Task<IEnumerable<Candidate>>>? Question(CompletionContext context) =>
        Request(context) is { } request
            ? async (operations, cancellationToken) => Candidates(await operations.RunAsync(request, new SilentReporter(), cancellationToken))
            : null;
}
