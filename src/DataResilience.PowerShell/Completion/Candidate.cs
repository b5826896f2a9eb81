using System.Management.Automation;
using System.Management.Automation.Language;

namespace DataResilience.PowerShell.Completion;

/// <summary>A value that a completer offers.</summary>
/// <param name="Value">The value.</param>
/// <param name="Tooltip">What helps to choose it.</param>
internal sealed record Candidate(string Value, string Tooltip)
{
    /// <summary>The value as the command line takes it.</summary>
    /// <returns>The result for the shell.</returns>
    public CompletionResult ToResult() => new(Quoted(), Value, CompletionResultType.ParameterValue, Tooltip.Length > 0 ? Tooltip : Value);

    private string Quoted() => Value.All(IsPlain) && Value.Length > 0 && char.IsLetterOrDigit(Value[0])
        ? Value
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(Value)}'";

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.';
}
