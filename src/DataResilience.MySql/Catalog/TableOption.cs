namespace DataResilience.MySql;

/// <summary>The names of the options of a table whose rows are backed up.</summary>
internal static class TableOption
{
    /// <summary>The storage engine, for example <c>InnoDB</c>.</summary>
    internal const string StorageEngine = "engine";

    /// <summary>Present where rows of all times are kept, and not only those of now.</summary>
    internal const string SystemVersioned = "systemVersioned";
}
