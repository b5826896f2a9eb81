namespace DataResilience.PostgreSql;

/// <summary>The names of the options of a table whose rows are backed up that its catalog gives.</summary>
internal static class TableOption
{
    /// <summary>The access method; absent for a pseudo table.</summary>
    internal const string AccessMethod = "accessMethod";

    /// <summary><c>unlogged</c>; absent for an ordinary table.</summary>
    internal const string Persistence = "persistence";

    /// <summary>Of an extension's table: which of its rows are the user's, as <c>WHERE …</c>, or empty for all.</summary>
    internal const string Condition = "condition";

    /// <summary>Why its rows cannot be read here; absent where they can.</summary>
    internal const string Unreadable = "unreadable";

    /// <summary><c>large objects</c> for <c>pg_catalog.pg_largeobject</c>, which is neither locked nor loaded as a table is.</summary>
    internal const string Pseudo = "pseudo";

    internal const string Unlogged = "unlogged";
    internal const string LargeObjects = "large objects";
}
