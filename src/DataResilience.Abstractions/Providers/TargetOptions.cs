namespace DataResilience.Providers;

/// <summary>What a restore will do with a target.</summary>
public sealed record TargetOptions
{
    /// <summary>The properties of the database as it was backed up, by the engine's own names.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The tables that will be restored.</summary>
    public required IReadOnlyList<TableSchema> Tables { get; init; }

    /// <summary>The qualified names of the tables that were chosen, whether they have rows of their own or not; others come along because these need them.</summary>
    public IReadOnlyCollection<string> ChosenTables { get; init; } = [];

    /// <summary>The schema objects that belong to what will be restored, in an order in which they can be created.</summary>
    public required IReadOnlyList<SchemaObject> Objects { get; init; }

    /// <summary>The engine that the backup was taken from.</summary>
    public required DatabaseEngine SourceEngine { get; init; }

    /// <summary>The version of the engine that the backup was taken from.</summary>
    public required string SourceVersion { get; init; }

    /// <summary>Whether chosen tables go into a database that may exist; otherwise the whole database is made.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>Whether schema objects are created.</summary>
    public required bool IncludesSchema { get; init; }

    /// <summary>Whether rows are loaded.</summary>
    public required bool IncludesRows { get; init; }

    /// <summary>Whether what is there may be replaced: the whole database, or the chosen tables.</summary>
    public required bool Replace { get; init; }

    /// <summary>Whether everything is left to the restoring user instead of its owners.</summary>
    public bool NoOwner { get; init; }

    /// <summary>Whether privileges are left out.</summary>
    public bool NoPrivileges { get; init; }

    /// <summary>Whether roles that the backup holds and the server lacks are created.</summary>
    public bool IncludeRoles { get; init; }

    /// <summary>How many loads the engine would like to run at once.</summary>
    public required int Loaders { get; init; }

    /// <summary>How long to wait for a lock.</summary>
    public required TimeSpan LockTimeout { get; init; }
}
