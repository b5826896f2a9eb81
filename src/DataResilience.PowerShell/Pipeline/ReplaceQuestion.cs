using System.Management.Automation;

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
    public bool Ask(PSCmdlet cmdlet, DatabaseEndpoint target)
    {
        try
        {
            return cmdlet.ShouldContinue(
                $"What is at {target} now is replaced by the restored backup, once that is proved.", "Replace the target?", ref yesToAll, ref noToAll);
        }
        catch (Exception refused) when (Approval.IsNobodyThere(refused))
        {
            throw Errors.ConfirmationRequired.CreateFrom(refused, cmdlet.MyInvocation.MyCommand.Name);
        }
    }
}
