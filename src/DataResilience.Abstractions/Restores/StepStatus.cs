namespace DataResilience;

/// <summary>How a step ended.</summary>
public enum StepStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was not needed.</summary>
    Skipped,

    /// <summary>It failed.</summary>
    Failed,
}
