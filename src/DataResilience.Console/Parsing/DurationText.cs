using System.Globalization;
using System.Text.RegularExpressions;

namespace DataResilience.Console.Parsing;

/// <summary>Durations as people write them: <c>30s</c>, <c>1h30m</c>, <c>7d</c>, <c>00:00:30</c>.</summary>
internal static partial class DurationText
{
    public const string Forms = "write it as 30s, 5m, 2h, 7d, 1h30m or 00:00:30";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        // A bare number is refused: of what?
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, ["c", @"h\:mm", @"hh\:mm"], CultureInfo.InvariantCulture, out duration);
        }

        duration = TimeSpan.Zero;
        Match match = Parts().Match(text.Trim());
        if (!match.Success)
        {
            return false;
        }

        foreach ((Capture number, Capture unit) in match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures))
        {
            double amount = double.Parse(number.ValueSpan, CultureInfo.InvariantCulture);
            double seconds = amount * SecondsOf(unit.Value);
            if (seconds + duration.TotalSeconds > TimeSpan.MaxValue.TotalSeconds / 2)
            {
                return false;
            }

            duration += TimeSpan.FromSeconds(seconds);
        }

        return true;
    }

    private static double SecondsOf(string unit) => unit.ToLowerInvariant() switch
    {
        "ms" => 0.001,
        "s" => 1,
        "m" or "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => 7 * 86_400,
    };

    // NonBacktracking would keep the last capture of each group alone.
    [GeneratedRegex(@"^(?:(?<number>\d+(?:\.\d+)?)\s*(?<unit>ms|s|min|m|h|d|w)\s*)+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
