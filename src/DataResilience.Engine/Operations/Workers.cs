namespace DataResilience.Engine.Operations;

/// <summary>How many workers an operation gets.</summary>
internal static class Workers
{
    internal const int Max = 64;

    /// <summary>Beyond eight, one process waits for disk and network more than for processors.</summary>
    private const int MaxByDefault = 8;

    /// <exception cref="DataResilienceException"><c>ArgumentInvalid</c>.</exception>
    internal static int Count(int? throttleLimit) => throttleLimit switch
    {
        null => Math.Clamp(Environment.ProcessorCount, 1, MaxByDefault),
        >= 1 and <= Max => throttleLimit.Value,
        _ => throw Errors.ArgumentInvalid.Create("ThrottleLimit", $"{throttleLimit} is not between 1 and {Max}"),
    };
}
