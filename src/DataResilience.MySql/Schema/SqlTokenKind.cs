namespace DataResilience.MySql;

/// <summary>What a piece of an SQL text is.</summary>
internal enum SqlTokenKind
{
    /// <summary>Spaces and ends of lines.</summary>
    Space,

    /// <summary>A comment that no server reads.</summary>
    Comment,

    /// <summary>The beginning of a comment that servers of some versions read, with the number of the version: <c>/*!50100</c>.</summary>
    VersionOpen,

    /// <summary>The end of such a comment.</summary>
    VersionClose,

    /// <summary>A keyword, a name without quotes, or a number.</summary>
    Word,

    /// <summary>A name in quotes.</summary>
    Name,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>Any other character.</summary>
    Symbol,
}
