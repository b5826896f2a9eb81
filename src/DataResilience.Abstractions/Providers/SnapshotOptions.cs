namespace DataResilience.Providers;

/// <summary>How a snapshot is opened.</summary>
/// <param name="Readers">How many reads the engine would like to run at once.</param>
/// <param name="LockTimeout">How long to wait for a lock.</param>
public sealed record SnapshotOptions(int Readers, TimeSpan LockTimeout)
{
    /// <summary>Whether the definitions of the roles that the database needs become part of its schema.</summary>
    public bool IncludeRoles { get; init; }

    /// <summary>How one state is held still while the readers begin; an engine that has one way only takes <see cref="LockMode.Auto"/>.</summary>
    public LockMode LockMode { get; init; }

    /// <summary>
    /// Whether the user's choice takes a table; null takes all. It gets the qualified name of the table, and for a partition those of
    /// the tables that it is a partition of. What it does not take need not be readable.
    /// </summary>
    public Func<IReadOnlyList<string>, bool>? TakesTable { get; init; }
}
