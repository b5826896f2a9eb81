using System.Globalization;
using DataResilience.Console.Output;

namespace DataResilience.Console.Terminal;

/// <summary>One line that says how far an operation is.</summary>
internal static class ProgressText
{
    public static string Of(OperationProgress progress, int mostColumns)
    {
        string percent = progress.PercentComplete is { } done ? done.ToString(CultureInfo.InvariantCulture) + "% " : "";
        string part = progress.Part is { Length: > 0 } name ? $" {name}:" : "";
        string remaining = progress.Remaining is { } left ? $", {HumanText.Duration(left)} left" : "";
        string text = VisibleText.Of($"{percent}{progress.Activity}:{part} {progress.Status}{remaining}");
        return text.Length <= mostColumns ? text : string.Concat(text.AsSpan(0, Math.Max(0, mostColumns - 1)), "…");
    }
}
