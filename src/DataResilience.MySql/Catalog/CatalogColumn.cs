namespace DataResilience.MySql;

/// <summary>A column of a table as the catalog has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataType">The type without length and attributes, lower case.</param>
/// <param name="ColumnType">The whole type.</param>
/// <param name="CharacterSet">The character set of a text; empty for other types.</param>
/// <param name="Collation">Its collation; empty for other types.</param>
/// <param name="IsGenerated">Whether the server computes it.</param>
/// <param name="Generation">How the server computes it.</param>
internal sealed record CatalogColumn(
    string Name, string DataType, string ColumnType, string CharacterSet, string Collation, bool IsGenerated, string Generation)
{
    internal bool IsRowStart => Generation == "ROW START";

    internal bool IsRowEnd => Generation == "ROW END";

    /// <summary>The type as it can be declared, with what the order of its values depends on.</summary>
    internal string Type => CharacterSet.Length == 0 ? ColumnType : $"{ColumnType} CHARACTER SET {CharacterSet} COLLATE {Collation}";
}
