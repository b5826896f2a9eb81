namespace DataResilience.Providers;

/// <summary>How a snapshot is opened.</summary>
/// <param name="Readers">How many reads the engine would like to run at once.</param>
/// <param name="LockTimeout">How long to wait for a lock.</param>
public sealed record SnapshotOptions(int Readers, TimeSpan LockTimeout)
{
    /// <summary>Whether the definitions of the roles that the database needs become part of its schema.</summary>
    public bool IncludeRoles { get; init; }
}
