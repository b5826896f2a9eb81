namespace DataResilience.Sqlite;

/// <summary>Names and texts as SQL spells them.</summary>
internal static class SqliteName
{
    /// <summary>A name in double quotes, whatever it holds.</summary>
    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A table of the main database; without the prefix a temporary table of the same name would be meant.</summary>
    internal static string Table(string name) => $"main.{Quote(name)}";

    /// <summary>SQLite compares names without regard to the case of ASCII letters, and of those alone.</summary>
    internal static bool Same(string left, string right) => System.Text.Ascii.EqualsIgnoreCase(left, right) || left == right;
}
