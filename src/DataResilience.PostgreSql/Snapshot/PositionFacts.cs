namespace DataResilience.PostgreSql;

/// <summary>What was found of a snapshot's position.</summary>
/// <param name="Position">By the names that a backup keeps.</param>
/// <param name="IsStandby">Whether the server follows another.</param>
internal sealed record PositionFacts(IReadOnlyDictionary<string, string> Position, bool IsStandby);
