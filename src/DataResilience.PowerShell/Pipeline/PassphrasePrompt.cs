using System.Management.Automation.Host;
using System.Net;
using System.Security;

namespace DataResilience.PowerShell.Pipeline;

/// <summary>Asks a person for a passphrase, where there is a person.</summary>
internal static class PassphrasePrompt
{
    // What Start-Job and remoting present as their host. A question there would keep the job waiting for ever.
    private const string RemoteHost = "ServerRemoteHost";

    /// <summary>Asks once.</summary>
    /// <param name="host">The host of the cmdlet.</param>
    /// <param name="question">What is asked for.</param>
    /// <returns>The passphrase; null where nobody can be asked or nothing was typed.</returns>
    public static SecureString? Ask(PSHost host, string question)
    {
        if (host.UI is null || host.Name == RemoteHost)
        {
            return null;
        }

        try
        {
            // Prompt refuses before it writes, where reading a line alone would leave the question on the screen.
            var field = new FieldDescription("Passphrase");
            field.SetParameterType(typeof(SecureString));
            var answers = host.UI.Prompt("", question, [field]);
            return answers["Passphrase"]?.BaseObject is SecureString { Length: > 0 } passphrase ? passphrase : null;
        }
        catch (Exception refused) when (refused is HostException or InvalidOperationException or NotImplementedException)
        {
            // -NonInteractive, a host without a keyboard, or redirected input: the caller reports that a key is required.
            return null;
        }
    }

    /// <summary>Asks for a new passphrase, twice: a slip would lock its owner out.</summary>
    /// <param name="host">The host of the cmdlet.</param>
    /// <param name="question">What is asked for.</param>
    /// <returns>The passphrase; null where nobody can be asked or nothing was typed.</returns>
    /// <exception cref="DataResilienceException"><c>ArgumentInvalid</c>: the two are not the same.</exception>
    public static SecureString? AskNew(PSHost host, string question)
    {
        var first = Ask(host, question);
        if (first is null)
        {
            return null;
        }

        var second = Ask(host, "The same once more");
        return second is not null && Text(first) == Text(second)
            ? first
            : throw Errors.ArgumentInvalid.Create("the new passphrase", "it was typed differently the second time");
    }

    private static string Text(SecureString secret) => new NetworkCredential("", secret).Password;
}
