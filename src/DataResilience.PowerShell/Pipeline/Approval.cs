using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

namespace DataResilience.PowerShell.Pipeline;

/// <summary>Asks ShouldProcess, with the operation's own plan where anybody is going to see it.</summary>
internal static class Approval
{
    /// <summary>Asks once for one object.</summary>
    /// <param name="cmdlet">The cmdlet that is about to act.</param>
    /// <param name="target">What it acts on, as the request names it.</param>
    /// <param name="action">What it does.</param>
    /// <param name="plan">Makes the plan. Called only for -WhatIf or a question: a plan opens the repository once more.</param>
    /// <returns>Whether to go on.</returns>
    /// <exception cref="DataResilienceException"><c>ConfirmationRequired</c>: there is nobody to ask.</exception>
    public static bool Ask(PSCmdlet cmdlet, string target, string action, Func<OperationPlan> plan)
    {
        if (!IsShown(cmdlet))
        {
            return cmdlet.ShouldProcess(target, action);
        }

        var planned = plan();
        try
        {
            return Ask(cmdlet, planned);
        }
        catch (Exception refused) when (IsNobodyThere(refused))
        {
            throw Errors.ConfirmationRequired.CreateFrom(refused, cmdlet.MyInvocation.MyCommand.Name);
        }
    }

    /// <summary>Whether a question could not be put: -NonInteractive, or a host without a keyboard.</summary>
    /// <param name="refused">What the host threw.</param>
    /// <returns>True if there is nobody to ask.</returns>
    public static bool IsNobodyThere(Exception refused) =>
        refused is HostException or PSInvalidOperationException or NotImplementedException;

    private static bool Ask(PSCmdlet cmdlet, OperationPlan planned)
    {
        string description = $"Performing the operation \"{planned.Action}\" on target \"{planned.Target}\"."
            + string.Concat(planned.Details.Select(line => $"{Environment.NewLine}  {line}"));
        return cmdlet.ShouldProcess(
            description, $"Are you sure you want to perform this action?{Environment.NewLine}{description}", "Confirm");
    }

    /// <summary>Whether -Confirm was given, with whatever value.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <returns>True if the person has decided how to be asked.</returns>
    public static bool IsConfirmGiven(PSCmdlet cmdlet) => cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm");

    private static bool IsShown(PSCmdlet cmdlet) =>
        (Switch(cmdlet, "WhatIf") ?? IsTrue(cmdlet.GetVariableValue("WhatIfPreference")))
        || (Switch(cmdlet, "Confirm") ?? IsAskedByDefault(cmdlet));

    private static bool? Switch(PSCmdlet cmdlet, string name) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(name, out object? value) ? IsTrue(value) : null;

    private static bool IsTrue(object? value) => LanguagePrimitives.IsTrue(value);

    private static bool IsAskedByDefault(PSCmdlet cmdlet)
    {
        var impact = cmdlet.GetType().GetCustomAttribute<CmdletAttribute>()?.ConfirmImpact ?? ConfirmImpact.Medium;
        return LanguagePrimitives.TryConvertTo(
                cmdlet.GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture, out ConfirmImpact preference)
            && preference != ConfirmImpact.None
            && impact >= preference;
    }
}
