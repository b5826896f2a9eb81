using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DataResilience.PowerShell.Loading;

namespace DataResilience.PowerShell.Completion;

/// <summary>
/// Offers what a repository holds, if it opens at once: quick, without a question, and silent where it fails, because it
/// runs while a person types.
/// </summary>
public abstract class RepositoryCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // The one place of the module that is silent: the failure shows itself when the command runs.
        try
        {
            var context = new CompletionContext(commandName, fakeBoundParameters ?? new Hashtable());
            return Find(context, (wordToComplete ?? "").Trim('\'', '"'));
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>The request whose answer holds the values.</summary>
    private protected abstract RepositoryRequest Request(CompletionContext context);

    /// <summary>Asks for the values.</summary>
    private protected abstract Task<IEnumerable<Candidate>> AskAsync(
        IOperations operations, RepositoryRequest request, CancellationToken cancellationToken);

    /// <summary>Whether a value fits what was typed so far.</summary>
    private protected virtual bool IsMatch(string value, string typed) => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private protected static Task<T> AskAsync<T>(
        IOperations operations, RepositoryRequest request, CancellationToken cancellationToken) =>
        operations.RunAsync((IOperationRequest<T>)request, new SilentReporter(), cancellationToken);

    private List<CompletionResult> Find(CompletionContext context, string typed)
    {
        var request = context.InRepository(Request(context));
        if (request is null)
        {
            return [];
        }

        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var token = limit.Token;
        var candidates = Task.Run(() => AskAsync(EngineEntrance.Open(), request, token), token)
            .WaitAsync(token)
            .GetAwaiter().GetResult();
        return [.. candidates.Where(candidate => IsMatch(candidate.Value, typed)).Select(candidate => candidate.ToResult())];
    }
}
