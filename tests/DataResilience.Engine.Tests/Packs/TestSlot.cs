using System.Security.Cryptography;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Packs;

/// <summary>A slot of a <see cref="TestRepository"/>, with generation 1 alone.</summary>
internal sealed class TestSlot(TestRepository repository, ObjectId slotId, RepositoryRole roles) : IRepositoryKeys
{
    private readonly Lock gate = new();
    private readonly ECDsa signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ObjectId RepositoryId => repository.Id;

    public ObjectId SlotId => slotId;

    public RepositoryRole Roles => roles;

    public uint Generation => 1;

    public byte[] CatalogKey(uint generation) => generation == 1 ? [.. repository.CatalogKey] : throw new CryptographicException("unknown generation");

    public byte[] DeduplicationSecret() => Allowed(RepositoryRole.Writer | RepositoryRole.Reader) ? [.. repository.Secret] : throw Refused("Writer or Reader");

    public byte[] ContentPublicKey(uint generation) => [.. repository.ContentPublicKey];

    public byte[] OpenContentBox(uint generation, ObjectId contentKeyId, ReadOnlySpan<byte> box)
    {
        if (!Allowed(RepositoryRole.Reader))
        {
            throw Refused("Reader");
        }

        lock (repository.Content)
        {
            var context = new BoxContext(BoxPurpose.Pack, RepositoryId, generation, contentKeyId);
            return SealedBox.Open(box, repository.Content, repository.ContentPublicKey, context);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        lock (gate)
        {
            return signing.SignData(message, HashAlgorithmName.SHA256);
        }
    }

    public byte[] SignAsAdmin(ReadOnlySpan<byte> message) => throw Refused("Admin");

    public bool Verify(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        repository.Slot(signer)?.IsSignedByMe(message, signature) ?? false;

    public RepositoryRole? RolesOf(ObjectId id) => repository.Slot(id)?.Roles;

    public bool IsRevoked(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> objectSha256) => false;

    private bool IsSignedByMe(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        lock (gate)
        {
            return signing.VerifyData(message, signature, HashAlgorithmName.SHA256);
        }
    }

    private bool Allowed(RepositoryRole any) => (roles & any) != RepositoryRole.Keeper;

    private DataResilienceException Refused(string role) => Errors.RoleRequired.Create(slotId, role);
}
