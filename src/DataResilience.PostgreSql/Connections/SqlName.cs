namespace DataResilience.PostgreSql;

/// <summary>Names and texts as SQL writes them.</summary>
internal static class SqlName
{
    /// <summary>A name in double quotes, always: quoting only where it is needed would need the server's list of key words.</summary>
    internal static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A qualified name.</summary>
    internal static string Quote(string schema, string name) => $"{Quote(schema)}.{Quote(name)}";

    /// <summary>A text constant that means the same whatever <c>standard_conforming_strings</c> is.</summary>
    internal static string Text(string value)
    {
        string quoted = value.Replace("'", "''", StringComparison.Ordinal);
        return quoted.Contains('\\', StringComparison.Ordinal)
            ? $" E'{quoted.Replace("\\", "\\\\", StringComparison.Ordinal)}'"
            : $"'{quoted}'";
    }
}
