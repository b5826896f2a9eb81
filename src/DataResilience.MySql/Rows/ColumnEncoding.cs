using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>How the values of a column are read as bytes, and put back. The name of a way is kept with the column in every backup.</summary>
internal static class ColumnEncoding
{
    /// <summary>The bytes that the server keeps, or for a number its text.</summary>
    internal const string Plain = "";

    /// <summary>FLOAT by way of DOUBLE: its own text loses digits.</summary>
    internal const string Double = "double";

    /// <summary>
    /// MySQL's JSON as text in utf8mb4, as it is once it has been read from text: a decimal 1.50 in it, which no text can give back,
    /// is 1.5 then, and only so a restored document is equal to what was backed up.
    /// </summary>
    internal const string Json = "json";

    /// <summary>The number of an ENUM's member: the member '' and a value that is none have the same text.</summary>
    internal const string Index = "index";

    /// <summary>Chooses the way for a column.</summary>
    /// <param name="dataType">Its type without length and attributes, lower case, as information_schema has it in DATA_TYPE.</param>
    /// <param name="columnType">Its whole type, as information_schema has it in COLUMN_TYPE.</param>
    /// <param name="server">The server that is read.</param>
    internal static string Of(string dataType, string columnType, ServerVersion server) => dataType switch
    {
        "float" => Double,
        "json" when !server.IsMariaDb => Json,
        "enum" when HasEmptyMember(columnType) => Index,
        _ => Plain,
    };

    /// <summary>The expression that reads a column.</summary>
    internal static string Read(ColumnSchema column)
    {
        string name = SqlText.Name(column.Name);
        return column.Encoding switch
        {
            Double => $"CAST(CAST({name} AS DOUBLE) AS BINARY)",
            Json => $"CAST(CAST(CAST({name} AS CHAR) AS JSON) AS BINARY)",
            Index => $"CAST({name} + 0 AS BINARY)",
            _ => $"CAST({name} AS BINARY)",
        };
    }

    /// <summary>What is assigned to a column that cannot take the bytes as they are; null where it can.</summary>
    /// <param name="column">The column.</param>
    /// <param name="variable">What holds the bytes.</param>
    internal static string? Load(ColumnSchema column, string variable) => column.Encoding switch
    {
        Json => $"CONVERT({variable} USING utf8mb4)",
        Index => $"{variable} + 0",
        _ => null,
    };

    private static bool HasEmptyMember(string columnType) =>
        columnType.StartsWith("enum('',", StringComparison.OrdinalIgnoreCase)
        || columnType.EndsWith(",'')", StringComparison.Ordinal)
        || columnType.Contains(",'',", StringComparison.Ordinal)
        || string.Equals(columnType, "enum('')", StringComparison.OrdinalIgnoreCase);
}
