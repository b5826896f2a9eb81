namespace DataResilience;

/// <summary>How far an operation, or one part of it, is.</summary>
public sealed record OperationProgress
{
    /// <summary>What is going on, for example <c>Backing up shop</c>.</summary>
    public required string Activity { get; init; }

    /// <summary>The table or object of this part; null for the operation as a whole.</summary>
    public string? Part { get; init; }

    /// <summary>What is being done now.</summary>
    public required string Status { get; init; }

    /// <summary>0 to 100; null where it cannot be told.</summary>
    public int? PercentComplete { get; init; }

    /// <summary>An honest estimate; null where there is none.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>Whether this part is over.</summary>
    public bool IsCompleted { get; init; }
}
