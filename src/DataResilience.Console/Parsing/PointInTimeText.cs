using System.Globalization;

namespace DataResilience.Console.Parsing;

/// <summary>
/// Points in time as people write them: <c>7d</c> and <c>2h ago</c> count back from now, dates and times are ISO 8601, local
/// where they do not say otherwise.
/// </summary>
internal static class PointInTimeText
{
    public const string Forms = "write it as 7d, '2h ago', now, 2026-11-22, '2026-11-22 10:15' or 2026-11-22T10:15:00Z";
    private const string Ago = "ago";

    private static readonly string[] IsoForms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    public static bool TryParse(string text, TimeProvider time, out DateTime moment)
    {
        string words = text.Trim();
        if (words.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            moment = time.GetLocalNow().LocalDateTime;
            return true;
        }

        if (TryParseBack(words, out TimeSpan back))
        {
            moment = (time.GetUtcNow() - back).LocalDateTime;
            return true;
        }

        return DateTime.TryParseExact(
            words, IsoForms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeLocal | DateTimeStyles.AllowInnerWhite, out moment);
    }

    private static bool TryParseBack(string words, out TimeSpan back)
    {
        string duration = words.EndsWith(Ago, StringComparison.OrdinalIgnoreCase) ? words[..^Ago.Length].TrimEnd() : words;
        bool isOne = DurationText.TryParse(duration, out back) && !duration.Contains(':', StringComparison.Ordinal);
        // Nobody has backups from before the calendar began.
        return isOne && back < TimeSpan.FromDays(365 * 1000);
    }
}
