namespace DataResilience.MySql;

/// <summary>What an element between the parentheses of CREATE TABLE defines.</summary>
internal enum TableElementKind
{
    Column,
    PrimaryKey,
    UniqueKey,

    /// <summary>An index that is neither unique nor one of the special kinds.</summary>
    Key,

    /// <summary>An index of a special kind: FULLTEXT, SPATIAL, VECTOR.</summary>
    SpecialKey,

    ForeignKey,

    /// <summary>A check constraint, a period, or what a later version adds.</summary>
    Other,
}
