using System.Globalization;
using System.Text;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>Makes backup ids: sortable by start time and readable (docs/repository-format.md, section 3).</summary>
internal static class BackupIdentifier
{
    private const int MaxSlugLength = 32;
    private const int SuffixLength = 6;
    private const string SuffixAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    internal static string Create(DateTimeOffset start, DatabaseEngine engine, string database, IRandomSource random) =>
        $"{ObjectNames.Stamp(start)}-{engine.ToString().ToLowerInvariant()}-{Slug(database)}-{Suffix(random)}";

    /// <summary>What an id tells of a backup whose manifest cannot be read; the earliest time there is where it is no id.</summary>
    internal static DateTimeOffset StartOf(string backupId) =>
        DateTimeOffset.TryParseExact(
            backupId.Split('-')[0], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset start)
            ? start
            : DateTimeOffset.MinValue;

    internal static DatabaseEngine EngineOf(string backupId) =>
        Enum.TryParse(backupId.Split('-').ElementAtOrDefault(1), ignoreCase: true, out DatabaseEngine engine) ? engine : default;

    /// <summary>Whether this is how a backup can be called; what is not is no backup.</summary>
    internal static bool IsIdentifier(string text) =>
        text.Split('-') is [{ Length: 16 } start, not "", .., { Length: SuffixLength } suffix]
        && StartOf(start) != DateTimeOffset.MinValue
        && suffix.All(SuffixAlphabet.Contains);

    internal static string Slug(string database)
    {
        var slug = new StringBuilder(MaxSlugLength);
        foreach (char letter in database.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length == MaxSlugLength)
            {
                break;
            }
        }

        string text = slug.ToString().TrimEnd('-');
        return text.Length == 0 ? "db" : text;
    }

    private static string Suffix(IRandomSource random)
    {
        // 252 is the largest multiple of 36 in a byte: what is above is drawn again, so that every character is equally likely.
        const byte FairLimit = 252;
        Span<char> suffix = stackalloc char[SuffixLength];
        Span<byte> drawn = stackalloc byte[1];
        for (int i = 0; i < SuffixLength;)
        {
            random.Fill(drawn);
            if (drawn[0] < FairLimit)
            {
                suffix[i++] = SuffixAlphabet[drawn[0] % SuffixAlphabet.Length];
            }
        }

        return new string(suffix);
    }
}
