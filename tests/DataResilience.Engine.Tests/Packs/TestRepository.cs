using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Packs;

/// <summary>The keys of a repository without a keyring: enough to write, sign and read packs and indexes.</summary>
internal sealed class TestRepository
{
    private readonly Dictionary<ObjectId, TestSlot> slots = [];

    public TestRepository(int seed = 1)
    {
        Random = new SeededRandom(seed);
        Id = ObjectId.New(Random);
        CatalogKey = Bytes(32);
        Secret = Bytes(32);
        Content = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        ContentPublicKey = P256.PublicKeyOf(Content.ExportParameters(includePrivateParameters: false));
    }

    public SeededRandom Random { get; }

    public ObjectId Id { get; }

    public byte[] CatalogKey { get; }

    public byte[] Secret { get; }

    public ECDiffieHellman Content { get; }

    public byte[] ContentPublicKey { get; }

    public TestSlot AddSlot(RepositoryRole roles)
    {
        var slot = new TestSlot(this, ObjectId.New(Random), roles);
        slots.Add(slot.SlotId, slot);
        return slot;
    }

    public TestSlot? Slot(ObjectId id) => slots.GetValueOrDefault(id);

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Random.Fill(bytes);
        return bytes;
    }
}
