using System.Buffers.Binary;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Keys;

public sealed class SlotFileTests
{
    private static readonly ObjectId Repository = new(1);
    private static readonly ObjectId Id = new(2);
    private static readonly KdfParameters Kdf = KdfParameters.New(KeyedRepository.Random);

    private static readonly SlotSecrets Secrets = new(P256KeyPair.Generate().PrivateKey, P256KeyPair.Generate().PrivateKey);

    public static TheoryData<bool> Protections => [true, false];

    [Theory]
    [MemberData(nameof(Protections))]
    public void It_opens_with_what_wrapped_it(bool byPassphrase)
    {
        using SlotWrapping wrapping = Wrapping(byPassphrase);

        SlotSecrets? opened = Read(Sealed(wrapping).Bytes.ToArray()).TryOpen(wrapping);

        Assert.Equal(Secrets.EncryptionKey, opened!.EncryptionKey);
        Assert.Equal(Secrets.SigningKey, opened.SigningKey);
    }

    [Theory]
    [MemberData(nameof(Protections))]
    public void Any_flipped_bit_is_found(bool byPassphrase)
    {
        using SlotWrapping wrapping = Wrapping(byPassphrase);
        byte[] bytes = Sealed(wrapping).Bytes.ToArray();
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.True(IsRefused(changed, wrapping), $"bit {bit}");
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(599_999u)]
    [InlineData(10_000_001u)]
    [InlineData(uint.MaxValue)]
    public void Iterations_out_of_bounds_are_refused_before_anything_is_derived(uint iterations)
    {
        using SlotWrapping wrapping = Wrapping(byPassphrase: true);
        byte[] bytes = Sealed(wrapping).Bytes.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(52), iterations);

        Refusal.Of(Errors.ObjectDamaged, () => Read(bytes));
    }

    [Fact]
    public void A_reserved_protection_is_unsupported()
    {
        using SlotWrapping wrapping = Wrapping(byPassphrase: false);
        byte[] bytes = Sealed(wrapping).Bytes.ToArray();
        bytes[48] = 3;

        Refusal.Of(Errors.ObjectUnsupported, () => Read(bytes));
    }

    [Fact]
    public void It_stands_under_its_own_name_and_in_its_own_repository_only()
    {
        using SlotWrapping wrapping = Wrapping(byPassphrase: false);
        byte[] bytes = Sealed(wrapping).Bytes.ToArray();

        Refusal.Of(Errors.ObjectDamaged, () => SlotFile.Read(KeyObjectNames.Slot(new ObjectId(9)), bytes, Repository));
        Refusal.Of(Errors.ObjectDamaged, () => SlotFile.Read(KeyObjectNames.Slot(Id), bytes, new ObjectId(9)));
    }

    private static bool IsRefused(byte[] bytes, SlotWrapping wrapping)
    {
        try
        {
            return Read(bytes).TryOpen(wrapping) is null;
        }
        catch (DataResilienceException refusal)
        {
            return refusal.Kind is ErrorKind.Damaged or ErrorKind.Unsupported;
        }
    }

    private static SlotFile Read(byte[] bytes) => SlotFile.Read(KeyObjectNames.Slot(Id), bytes, Repository);

    private static SlotWrapping Wrapping(bool byPassphrase) => byPassphrase
        ? SlotWrapping.ByPassphrase(new byte[KeyDerivation.KeyBytes], Kdf)
        : SlotWrapping.ByKeyFile(new byte[KeyFile.SecretBytes], new byte[KdfParameters.SaltBytes]);

    private static SlotFile Sealed(SlotWrapping wrapping) => SlotFile.Seal(Repository, Id, Secrets, wrapping);
}
