namespace DataResilience.Engine.Keys;

/// <summary>An admin key that was replaced when a slot with Admin was removed.</summary>
internal sealed record RetiredAdminKey
{
    public required byte[] PublicKey { get; init; }

    /// <summary>SHA-256 of the deletions that were there by then: no other deletion signed with this key counts.</summary>
    public required IReadOnlyList<string> Deletions { get; init; }
}
