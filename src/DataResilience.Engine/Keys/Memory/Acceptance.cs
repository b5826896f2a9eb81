namespace DataResilience.Engine.Keys.Memory;

/// <summary>What a person accepts, once, of a repository that is not as it was seen before.</summary>
/// <param name="Fingerprint">The fingerprint it must have, whatever was seen at its location; null for that of the memory.</param>
/// <param name="Rollback">That it is older than what was seen before.</param>
internal sealed record Acceptance(string? Fingerprint = null, bool Rollback = false)
{
    /// <summary>Nothing out of the ordinary.</summary>
    internal static Acceptance None { get; } = new();
}
