namespace DataResilience.PostgreSql;

/// <summary>What a program of PostgreSQL's own wrote about itself: lines that begin with its name and a level.</summary>
internal sealed class ClientMessages(string text)
{
    private const int MaxReasonChars = 500;
    private const string ErrorMark = ": error: ";
    private const string WarningMark = ": warning: ";

    private readonly string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Why it failed; empty where it did not say.</summary>
    internal string Reason
    {
        get
        {
            string line = lines.FirstOrDefault(line => line.Contains(ErrorMark, StringComparison.Ordinal)) ?? lines.FirstOrDefault() ?? "";
            string reason = After(line, ErrorMark).TrimEnd('.');
            return reason.Length <= MaxReasonChars ? reason : reason[..MaxReasonChars];
        }
    }

    /// <summary>What it warned of, each a sentence.</summary>
    internal IReadOnlyList<string> Warnings =>
        [.. lines.Where(line => line.Contains(WarningMark, StringComparison.Ordinal)).Select(line => $"pg_dump: {After(line, WarningMark).TrimEnd('.')}.")];

    internal bool Mention(string words) => text.Contains(words, StringComparison.Ordinal);

    private static string After(string line, string mark)
    {
        int place = line.IndexOf(mark, StringComparison.Ordinal);
        return place < 0 ? line : line[(place + mark.Length)..];
    }
}
