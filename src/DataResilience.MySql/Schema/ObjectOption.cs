namespace DataResilience.MySql;

/// <summary>The names of the options of a schema object.</summary>
internal static class ObjectOption
{
    /// <summary>Of an index and a foreign key: what stands behind <c>ALTER TABLE … ADD</c>, so that all of a table can be made in one pass.</summary>
    internal const string Clause = "clause";

    /// <summary>The qualified name of the table that a foreign key refers to.</summary>
    internal const string References = "references";

    /// <summary>The modes that the definition was given in.</summary>
    internal const string SqlMode = "sqlMode";

    /// <summary>The character set of the client that gave the definition.</summary>
    internal const string CharacterSetClient = "characterSetClient";

    /// <summary>The collation of the connection that gave the definition.</summary>
    internal const string CollationConnection = "collationConnection";

    /// <summary>The collation of the database when the definition was given.</summary>
    internal const string DatabaseCollation = "databaseCollation";

    /// <summary>The time zone of an event.</summary>
    internal const string TimeZone = "timeZone";

    /// <summary>Of a view that the source itself cannot use: why. It is kept, but a target may refuse it too.</summary>
    internal const string Invalid = "invalid";
}
