namespace DataResilience.Engine.Repository;

/// <summary>An object that is stored twice, read from whichever copy is whole.</summary>
/// <param name="Value">What the object says; null where neither copy is whole.</param>
/// <param name="Bytes">The bytes of the whole copy.</param>
/// <param name="Problems">What is wrong with either copy.</param>
internal sealed record TwinObject<T>(T? Value, byte[] Bytes, IReadOnlyList<IntegrityProblem> Problems)
    where T : class
{
    /// <summary>Why it cannot be read where both copies say that a newer version wrote them: that is no damage.</summary>
    public DataResilienceException? Unsupported { get; init; }
}
