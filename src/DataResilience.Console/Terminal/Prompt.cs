using System.Net;
using System.Security;

namespace DataResilience.Console.Terminal;

/// <summary>Asks the person at the terminal. Questions go to standard error: standard output holds results alone.</summary>
internal sealed class Prompt
{
    private readonly ITerminal terminal;

    public Prompt(ITerminal terminal, OutputSettings settings)
    {
        this.terminal = terminal;
        CanAsk = settings.CanAsk;
    }

    /// <summary>Whether somebody is there.</summary>
    public bool CanAsk { get; }

    public Task<SecureString> PassphraseAsync(string? repository, CancellationToken cancellationToken) =>
        AskAsync($"Passphrase of {repository ?? "the repository"}: ", cancellationToken);

    /// <summary>Asks twice, because a mistyped new passphrase would lock out its owner.</summary>
    public async Task<SecureString> NewPassphraseAsync(string key, CancellationToken cancellationToken)
    {
        SecureString first = await AskAsync($"New passphrase of the key {key}: ", cancellationToken);
        using SecureString second = await AskAsync("The same again: ", cancellationToken);
        return AreEqual(first, second)
            ? first
            : throw Errors.ArgumentInvalid.Create("the new passphrase", "the two entries differ");
    }

    public async Task<bool> ConfirmAsync(OperationPlan plan, CancellationToken cancellationToken)
    {
        foreach (string detail in plan.Details)
        {
            await terminal.Error.WriteLineAsync("  " + VisibleText.Of(detail));
        }

        await terminal.Error.WriteAsync($"{VisibleText.Of(plan.Action)}: {VisibleText.Of(plan.Target)}. Are you sure? [y/N] ");
        string answer = (await terminal.ReadLineAsync(cancellationToken) ?? "").Trim();
        return answer.Equals("y", StringComparison.OrdinalIgnoreCase) || answer.Equals("yes", StringComparison.OrdinalIgnoreCase);
    }

    private async Task<SecureString> AskAsync(string question, CancellationToken cancellationToken)
    {
        await terminal.Error.WriteAsync(VisibleText.Of(question));
        SecureString? answer = await terminal.ReadSecretAsync(cancellationToken);
        await terminal.Error.WriteLineAsync();
        return answer is { Length: > 0 } ? answer : throw Errors.Cancelled.Create("the question for a passphrase");
    }

    private static bool AreEqual(SecureString first, SecureString second) =>
        new NetworkCredential("", first).Password == new NetworkCredential("", second).Password;
}
