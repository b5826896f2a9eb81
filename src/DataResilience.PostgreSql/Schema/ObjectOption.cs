namespace DataResilience.PostgreSql;

/// <summary>The names of the options of a schema object.</summary>
internal static class ObjectOption
{
    /// <summary>The tablespace that it is made in by <c>default_tablespace</c>; absent means the database's.</summary>
    internal const string Tablespace = "tablespace";

    /// <summary>The access method that it is made with by <c>default_table_access_method</c>; absent means that it has none.</summary>
    internal const string AccessMethod = "tableAccessMethod";

    /// <summary>Of a table: <c>r</c>, or <c>p</c> for one that is partitioned.</summary>
    internal const string RelationKind = "relationKind";

    /// <summary>The statement that would drop it, which names it as ALTER … OWNER TO must.</summary>
    internal const string Drop = "drop";

    /// <summary>The qualified name of the table that a foreign key refers to.</summary>
    internal const string References = "references";

    /// <summary>The numbers of large objects, with commas between.</summary>
    internal const string LargeObjects = "oids";
}
