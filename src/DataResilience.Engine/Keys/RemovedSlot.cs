using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>A slot that was removed. Its signing key stays, so that what it wrote before stays provable.</summary>
internal sealed record RemovedSlot
{
    public required ObjectId Id { get; init; }

    public required RepositoryRole Roles { get; init; }

    public required byte[] SigningKey { get; init; }

    /// <summary>SHA-256 of the manifests, and verification records, it had signed by then: no other record of it counts.</summary>
    public required IReadOnlyList<string> Manifests { get; init; }
}
