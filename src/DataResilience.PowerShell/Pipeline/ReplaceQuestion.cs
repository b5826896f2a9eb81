using System.Management.Automation;
using System.Management.Automation.Host;

namespace DataResilience.PowerShell.Pipeline;

/// <summary>The question before a target is replaced, once for each target unless the answer was "to all".</summary>
internal sealed class ReplaceQuestion
{
    private bool yesToAll;
    private bool noToAll;

    /// <summary>Asks.</summary>
    /// <param name="cmdlet">The cmdlet that is about to replace.</param>
    /// <param name="target">What it would replace.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DataResilienceException"><c>ConfirmationRequired</c>: there is nobody to ask.</exception>
    public bool Ask(Cmdlet cmdlet, DatabaseEndpoint target)
    {
        try
        {
            return cmdlet.ShouldContinue(
                $"What is at {target} now is replaced by the restored backup, once that is proved.", "Replace the target?", ref yesToAll, ref noToAll);
        }
        catch (Exception refused) when (refused is HostException or PSInvalidOperationException or NotImplementedException)
        {
            throw Errors.ConfirmationRequired.CreateFrom(refused, target);
        }
    }
}
