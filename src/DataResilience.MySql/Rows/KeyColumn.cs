using System.Globalization;
using System.Text;

namespace DataResilience.MySql;

/// <summary>A column of a key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">Its type without length and attributes, lower case.</param>
/// <param name="IsUnsigned">Whether it is a number without a sign.</param>
/// <param name="CharacterSet">The character set of a text; null for what is none.</param>
/// <param name="Collation">The order of a text.</param>
internal sealed record KeyColumn(string Name, string DataType, bool IsUnsigned, string? CharacterSet, string? Collation)
{
    internal bool IsInteger => DataType is "tinyint" or "smallint" or "mediumint" or "int" or "bigint";

    /// <summary>The value of a boundary's part, of the column's own type, so that the server compares as its index is ordered.</summary>
    internal string Literal(string part)
    {
        if (IsInteger)
        {
            return Int128.Parse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        byte[] bytes = Convert.FromHexString(part);
        return CharacterSet is null or "binary"
            ? LiteralOf(bytes)
            : $"CONVERT({SqlText.Value(bytes)} USING {SqlText.Name(CharacterSet)}) COLLATE {SqlText.Name(Collation ?? CharacterSet)}";
    }

    private string LiteralOf(byte[] bytes) => DataType is "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob"
        ? SqlText.Value(bytes)
        : SqlText.Value(Encoding.ASCII.GetString(bytes));
}
