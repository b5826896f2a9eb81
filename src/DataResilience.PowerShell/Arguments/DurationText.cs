using System.Globalization;
using System.Text.RegularExpressions;

namespace DataResilience.PowerShell.Arguments;

/// <summary>Durations as people write them: <c>90s</c>, <c>1h30m</c>, <c>7d</c>.</summary>
internal static partial class DurationText
{
    /// <summary>Reads a duration.</summary>
    /// <param name="text">Numbers with ms, s, m, h, d or w; or the form d.hh:mm:ss.</param>
    /// <returns>The duration; null where the text is none.</returns>
    public static TimeSpan? Read(string text)
    {
        var match = Parts().Match(text.Trim());
        return match.Success
            ? Sum(match)
            : text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
                ? span
                : null;
    }

    private static TimeSpan? Sum(Match match)
    {
        double milliseconds = match.Groups["number"].Captures
            .Zip(match.Groups["unit"].Captures, (number, unit) => Milliseconds(number.Value, unit.Value))
            .Sum();
        return milliseconds < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    private static double Milliseconds(string number, string unit) =>
        double.Parse(number, CultureInfo.InvariantCulture) * unit.ToUpperInvariant() switch
        {
            "MS" => 1,
            "S" => 1000,
            "M" => 60_000,
            "H" => 3_600_000,
            "D" => 86_400_000,
            _ => 604_800_000,
        };

    [GeneratedRegex(@"^((?<number>\d{1,9}(\.\d{1,3})?)\s*(?<unit>ms|[smhdw])\s*)+$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
