namespace DataResilience;

/// <summary>One step of an operation that has several.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Detail">Figures or a reason.</param>
public sealed record OperationStep(string Name, StepStatus Status, TimeSpan Duration, string Detail)
{
    /// <summary>The step in a line.</summary>
    /// <returns>A line of text.</returns>
    public override string ToString() => $"{Name}: {Status}";
}
