namespace DataResilience.Providers;

/// <summary>How a snapshot is opened.</summary>
/// <param name="Readers">How many reads the engine would like to run at once.</param>
/// <param name="LockTimeout">How long to wait for a lock.</param>
public sealed record SnapshotOptions(int Readers, TimeSpan LockTimeout);
