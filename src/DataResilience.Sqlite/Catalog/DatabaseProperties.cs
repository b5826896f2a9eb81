using System.Globalization;

namespace DataResilience.Sqlite;

/// <summary>What the file keeps beside tables, by the names of the pragmas that read and set it.</summary>
internal static class DatabaseProperties
{
    internal const string Encoding = "encoding";
    internal const string JournalMode = "journal_mode";

    private const string CacheSize = "default_cache_size";

    /// <summary>What must be set before the first table is made.</summary>
    internal static IReadOnlyList<string> SetFirst { get; } = [Encoding, "page_size", "auto_vacuum"];

    /// <summary>What can be set at any time.</summary>
    internal static IReadOnlyList<string> SetAnyTime { get; } = ["user_version", "application_id", CacheSize];

    /// <summary>Reads them.</summary>
    /// <param name="session">An open read transaction.</param>
    /// <param name="journalMode">The mode that is known from elsewhere; null asks the connection.</param>
    internal static Dictionary<string, string> Read(SqliteSession session, string? journalMode)
    {
        Dictionary<string, string> properties = SetFirst.Concat(SetAnyTime)
            .ToDictionary(name => name, name => session.QueryText($"PRAGMA main.{name}"), StringComparer.Ordinal);
        // A negative size is the library's own default: the file holds none.
        if (properties[CacheSize].StartsWith('-'))
        {
            properties.Remove(CacheSize);
        }

        // Only WAL is kept in the file; every other mode belongs to a connection.
        string mode = journalMode ?? session.QueryText("PRAGMA main.journal_mode");
        properties[JournalMode] = mode == "wal" ? "wal" : "delete";
        return properties;
    }

    /// <summary>The statement that sets one of them; null where it is not given or not what SQLite could have written.</summary>
    internal static string? Setting(string name, IReadOnlyDictionary<string, string> properties)
    {
        if (!properties.TryGetValue(name, out string? value))
        {
            return null;
        }

        if (name == Encoding)
        {
            return value is "UTF-8" or "UTF-16le" or "UTF-16be" ? $"PRAGMA main.encoding = '{value}'" : null;
        }

        // The text goes into a statement: only a number may.
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? string.Create(CultureInfo.InvariantCulture, $"PRAGMA main.{name} = {number}")
            : null;
    }
}
