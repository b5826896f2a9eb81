using System.Text;

namespace DataResilience.MySql;

/// <summary>Names and values as they stand in a statement. Every session has a mode in which a backslash escapes.</summary>
internal static class SqlText
{
    /// <summary>A name in backticks.</summary>
    internal static string Name(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>A name in a database.</summary>
    internal static string Name(string database, string name) => $"{Name(database)}.{Name(name)}";

    /// <summary>A text in quotes.</summary>
    internal static string Value(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (char letter in value)
        {
            _ = letter switch
            {
                '\'' => text.Append("''"),
                '\\' => text.Append(@"\\"),
                '\0' => text.Append(@"\0"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                _ => text.Append(letter),
            };
        }

        return text.Append('\'').ToString();
    }

    /// <summary>Bytes as a hexadecimal literal.</summary>
    internal static string Value(ReadOnlySpan<byte> bytes) => $"x'{Convert.ToHexString(bytes)}'";
}
