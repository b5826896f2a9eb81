namespace DataResilience.Providers;

/// <summary>What an engine found in a restored target.</summary>
/// <param name="Findings">What is wrong with the structure of what was restored; anything here fails the restore.</param>
/// <param name="Warnings">What is no fault of the restore but worth to be told: foreign keys that do not hold, in the source already or because a table was not chosen.</param>
public sealed record TargetCheck(IReadOnlyList<string> Findings, IReadOnlyList<string> Warnings)
{
    /// <summary>Nothing was found.</summary>
    public static TargetCheck Clean { get; } = new([], []);
}
