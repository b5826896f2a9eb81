namespace DataResilience.MySql;

/// <summary>An element between the parentheses of CREATE TABLE.</summary>
/// <param name="Kind">What it defines.</param>
/// <param name="Name">The name of that; empty for a primary key and where there is none.</param>
/// <param name="Text">As it stands, without the comma.</param>
internal sealed record TableElement(TableElementKind Kind, string Name, string Text)
{
    /// <summary>The columns of a key in their order; for an expression, or a period, in their place null.</summary>
    internal IReadOnlyList<string?> KeyParts { get; init; } = [];

    /// <summary>Of a column: whether it counts up by itself.</summary>
    internal bool IsAutoIncrement { get; init; }

    /// <summary>Of a column: whether it is never NULL.</summary>
    internal bool IsNotNull { get; init; }

    /// <summary>Of a foreign key: the database of the table that it refers to; empty where it is that of the table.</summary>
    internal string ReferencedDatabase { get; init; } = "";

    /// <summary>Of a foreign key: the table that it refers to.</summary>
    internal string ReferencedTable { get; init; } = "";

    internal bool IsIndex => Kind is TableElementKind.UniqueKey or TableElementKind.Key or TableElementKind.SpecialKey;
}
