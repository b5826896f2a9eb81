using System.Security;
using DataResilience.Console.Terminal;

namespace DataResilience.Console.Commands;

/// <summary>One run of one operation. Asks once for the passphrase where somebody is there to answer.</summary>
/// <typeparam name="TRequest">The operation's request.</typeparam>
/// <typeparam name="TResult">The operation's result.</typeparam>
internal sealed class CommandRun<TRequest, TResult>
    where TRequest : class, IOperationRequest<TResult>
{
    private readonly IOperations operations;
    private readonly ConsoleReporter reporter;
    private readonly Prompt prompt;
    private TRequest request;
    private bool hasAsked;

    public CommandRun(TRequest request, IOperations operations, ConsoleReporter reporter, Prompt prompt)
    {
        this.request = request;
        this.operations = operations;
        this.reporter = reporter;
        this.prompt = prompt;
    }

    public Task<OperationPlan> PlanAsync(CancellationToken cancellationToken) =>
        AskingForKeyAsync(() => operations.PlanAsync(request, reporter, cancellationToken), cancellationToken);

    public async Task<TResult> RunAsync(CancellationToken cancellationToken)
    {
        await AskForNewPassphraseAsync(cancellationToken);
        return await AskingForKeyAsync(() => operations.RunAsync(request, reporter, cancellationToken), cancellationToken);
    }

    /// <summary>Shows the plan and asks whether to go on.</summary>
    /// <exception cref="DataResilienceException">ConfirmationRequired, or Cancelled where the answer is not yes.</exception>
    public async Task ConfirmAsync(string command, CancellationToken cancellationToken)
    {
        if (!prompt.CanAsk)
        {
            throw Errors.ConfirmationRequired.Create(command);
        }

        OperationPlan plan = await PlanAsync(cancellationToken);
        reporter.Dispose();
        if (!await prompt.ConfirmAsync(plan, cancellationToken))
        {
            throw Errors.Cancelled.Create(plan.Target);
        }
    }

    private async Task<T> AskingForKeyAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt();
        }
        catch (DataResilienceException error) when (error.ErrorCode == Errors.KeyRequired.Code && prompt.CanAsk && !hasAsked)
        {
            hasAsked = true;
            reporter.Dispose();
            request = await WithPassphraseAsync(error.Target, cancellationToken);
            return await attempt();
        }
    }

    private async Task<TRequest> WithPassphraseAsync(string? repository, CancellationToken cancellationToken) => request switch
    {
        RepositoryRequest opening =>
            (TRequest)(object)(opening with { Passphrase = await prompt.PassphraseAsync(repository, cancellationToken) }),
        NewBackupRepositoryRequest making =>
            (TRequest)(object)(making with { Passphrase = await prompt.NewPassphraseAsync(making.Name, cancellationToken) }),
        _ => request,
    };

    // The new key of "key add" has no variable to come from: without a file for it, somebody has to type it.
    private async Task AskForNewPassphraseAsync(CancellationToken cancellationToken)
    {
        if (request is AddBackupRepositoryKeyRequest { NewPassphrase: null, NewKeyFile: null, Name.Length: > 0 } adding && prompt.CanAsk)
        {
            SecureString passphrase = await prompt.NewPassphraseAsync(adding.Name, cancellationToken);
            request = (TRequest)(object)(adding with { NewPassphrase = passphrase });
        }
    }
}
