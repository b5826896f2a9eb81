namespace DataResilience.Providers;

/// <summary>What an engine found in a restored target.</summary>
/// <param name="Findings">What is wrong among the restored tables; anything here fails the restore.</param>
/// <param name="Warnings">What is wrong between a restored table and one that was not restored: no fault of the restore, but worth to be told.</param>
public sealed record TargetCheck(IReadOnlyList<string> Findings, IReadOnlyList<string> Warnings)
{
    /// <summary>Nothing was found.</summary>
    public static TargetCheck Clean { get; } = new([], []);
}
