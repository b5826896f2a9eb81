namespace DataResilience;

/// <summary>Restores a backup. Needs the role Reader.</summary>
public sealed record RestoreDatabaseRequest : RestoreRequest, IOperationRequest<RestoreResult>
{
    /// <summary>How many workers read and open chunks at once, 1 to 64; null lets the machine decide.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>How long to wait for a lock in the target.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
