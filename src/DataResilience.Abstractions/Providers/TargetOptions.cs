namespace DataResilience.Providers;

/// <summary>What a restore will do with a target.</summary>
public sealed record TargetOptions
{
    /// <summary>The properties of the database as it was backed up, by the engine's own names.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The tables that will be restored.</summary>
    public required IReadOnlyList<TableSchema> Tables { get; init; }

    /// <summary>Whether chosen tables go into a database that may exist; otherwise the whole database is made.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>Whether schema objects are created.</summary>
    public required bool IncludesSchema { get; init; }

    /// <summary>Whether rows are loaded.</summary>
    public required bool IncludesRows { get; init; }

    /// <summary>Whether what is there may be replaced: the whole database, or the chosen tables.</summary>
    public required bool Replace { get; init; }

    /// <summary>How many loads the engine would like to run at once.</summary>
    public required int Loaders { get; init; }

    /// <summary>How long to wait for a lock.</summary>
    public required TimeSpan LockTimeout { get; init; }
}
