using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Roles;

/// <summary>A slot that uses its own signing key where the admin key belongs: what a changed client could do.</summary>
internal sealed class SelfMadeAdmin(RepositoryKeys keys) : IRepositoryKeys
{
    public ObjectId RepositoryId => keys.RepositoryId;

    public ObjectId SlotId => keys.SlotId;

    public RepositoryRole Roles => RepositoryRole.Owner;

    public uint Generation => keys.Generation;

    public byte[] CatalogKey(uint generation) => keys.CatalogKey(generation);

    public byte[] DeduplicationSecret() => keys.DeduplicationSecret();

    public byte[] ContentPublicKey(uint generation) => keys.ContentPublicKey(generation);

    public byte[] OpenContentBox(uint generation, ObjectId contentKeyId, ReadOnlySpan<byte> box) => keys.OpenContentBox(generation, contentKeyId, box);

    public byte[] Sign(ReadOnlySpan<byte> message) => keys.Sign(message);

    public byte[] SignAsAdmin(ReadOnlySpan<byte> message) => keys.Sign(message);

    public bool Verify(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => keys.Verify(signer, message, signature);

    public RepositoryRole? RolesOf(ObjectId slotId) => keys.RolesOf(slotId);

    public bool IsRevoked(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> objectSha256) =>
        keys.IsRevoked(signer, message, signature, objectSha256);
}
