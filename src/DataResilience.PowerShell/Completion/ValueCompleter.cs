using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DataResilience.PowerShell.Loading;

namespace DataResilience.PowerShell.Completion;

/// <summary>Offers values that an operation tells: quick, without a question, and silent where it fails, because it runs while a person types.</summary>
public abstract class ValueCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // The one place of the module that is silent: the failure shows itself when the command runs.
        try
        {
            var context = new CompletionContext(commandName, parameterName, fakeBoundParameters ?? new Hashtable(), commandAst);
            return Find(context, (wordToComplete ?? "").Trim('\'', '"'));
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>How the values are asked for; null where the command line does not say of whom.</summary>
    private protected abstract Func<IOperations, CancellationToken, Task<IEnumerable<Candidate>>>? Question(CompletionContext context);

    /// <summary>Whether a value fits what was typed so far.</summary>
    private protected virtual bool IsMatch(string value, string typed) => value.StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private List<CompletionResult> Find(CompletionContext context, string typed)
    {
        var ask = Question(context);
        if (ask is null)
        {
            return [];
        }

        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var token = limit.Token;
        var candidates = Task.Run(() => ask(EngineEntrance.Open(), token), token)
            .WaitAsync(token)
            .GetAwaiter().GetResult();
        return [.. candidates.Where(candidate => IsMatch(candidate.Value, typed)).Select(candidate => candidate.ToResult())];
    }
}
