using System.Buffers;
using System.Globalization;
using System.Text;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>A column of a key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its type without length and attributes, lower case.</param>
/// <param name="CharacterSet">The character set of a text; null for what is none.</param>
/// <param name="Collation">The order of a text.</param>
/// <param name="IsDescending">Whether its index has large values first.</param>
internal sealed record KeyColumn(string Name, string DataType, string? CharacterSet, string? Collation, bool IsDescending)
{
    private static readonly string[] Numbers = ["tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "double"];

    private static readonly string[] Binaries = ["binary", "varbinary"];

    // Times, and MariaDB's own: the server turns their text into a value of the column's type.
    private static readonly string[] Texts = ["date", "datetime", "timestamp", "time", "year", "uuid", "inet4", "inet6"];

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("+-.0123456789eE");

    internal bool IsInteger => DataType.EndsWith("int", StringComparison.Ordinal);

    /// <summary>
    /// Whether a value can be written so that the server compares it as its index is ordered. An ENUM is compared as text and ordered by
    /// its number; a FLOAT is less exact than any text of it.
    /// </summary>
    internal bool IsComparable =>
        Numbers.Contains(DataType) || Binaries.Contains(DataType) || Texts.Contains(DataType) || (CharacterSet is not null && DataType is "char" or "varchar");

    /// <summary>What gives the part of a boundary as bytes.</summary>
    internal string Read => ColumnEncoding.Read(new ColumnSchema(Name, DataType));

    /// <summary>The part of a boundary for the bytes of a value.</summary>
    internal string Part(byte[] value) => IsInteger ? Encoding.ASCII.GetString(value) : Convert.ToHexString(value);

    /// <summary>The value of a boundary's part, of the column's own type.</summary>
    internal string Literal(string part)
    {
        if (IsInteger)
        {
            return Int128.Parse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        byte[] bytes = Convert.FromHexString(part);
        return CharacterSet is { } set ? $"_{set} {SqlText.Value(bytes)} COLLATE {SqlText.Name(Collation ?? set)}"
            : Binaries.Contains(DataType) ? SqlText.Value(bytes)
            : Numbers.Contains(DataType) ? Number(Encoding.ASCII.GetString(bytes))
            : SqlText.Value(Encoding.ASCII.GetString(bytes));
    }

    // A boundary is read from a backup too: nothing but a number may become a part of the statement.
    private static string Number(string text) => text.AsSpan().ContainsAnyExcept(OfNumbers)
        ? throw new FormatException($"'{text}' is not a number.")
        : text;
}
