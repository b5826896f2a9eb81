namespace DataResilience.MySql;

/// <summary>A table, view or sequence as the catalog has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is, for example <c>BASE TABLE</c>.</param>
/// <param name="Engine">The storage engine; empty where there is none, or where the table cannot be opened.</param>
/// <param name="Rows">An estimate of its rows.</param>
/// <param name="Comment">Its comment; of what cannot be opened why.</param>
internal sealed record CatalogTable(string Name, string Type, string Engine, long? Rows, string Comment)
{
    private const string View = "VIEW";

    // What these hold is elsewhere, or they hold nothing.
    private static readonly string[] EnginesWithoutRows =
        ["BLACKHOLE", "CONNECT", "FEDERATED", "MRG_MyISAM", "OQGRAPH", "S3", "SPHINX", "SPIDER"];

    internal bool IsView => Type == View;

    internal bool IsSequence => Type == "SEQUENCE";

    internal bool IsTable => Type is "BASE TABLE" or "SYSTEM VERSIONED";

    internal bool IsSystemVersioned => Type == "SYSTEM VERSIONED";

    /// <summary>Whether rows of its own are stored in it.</summary>
    internal bool HasRows => IsTable && KeepsRows(Engine);

    /// <summary>Whether it shows the rows of other tables of the database.</summary>
    internal bool IsUnion => string.Equals(Engine, "MRG_MyISAM", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether an engine stores rows itself.</summary>
    internal static bool KeepsRows(string engine) => !EnginesWithoutRows.Contains(engine, StringComparer.OrdinalIgnoreCase);

    internal CatalogTable AsView() => this with { Type = View };
}
