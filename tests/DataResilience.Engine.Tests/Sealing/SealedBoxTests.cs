using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Sealing;

public sealed class SealedBoxTests
{
    private static readonly byte[] Secret = SHA256.HashData("secret"u8);
    private static readonly BoxContext Context = new(BoxPurpose.Content, new ObjectId(1), 2, new ObjectId(3));

    private readonly P256KeyPair recipient = P256KeyPair.Generate();

    [Fact]
    public void The_recipient_opens_it() => Assert.Equal(Secret, recipient.Open(Sealed(), Context));

    [Fact]
    public void Two_boxes_of_one_secret_have_nothing_in_common() =>
        Assert.NotEqual(Sealed().AsSpan(P256.PublicKeyBytes).ToArray(), Sealed().AsSpan(P256.PublicKeyBytes).ToArray());

    [Fact]
    public void Nobody_else_opens_it() => AssertClosed(P256KeyPair.Generate(), Sealed(), Context);

    [Fact]
    public void It_opens_for_nothing_but_what_it_was_sealed_for()
    {
        byte[] box = Sealed();

        AssertClosed(recipient, box, Context with { Purpose = BoxPurpose.Pack });
        AssertClosed(recipient, box, Context with { RepositoryId = new ObjectId(9) });
        AssertClosed(recipient, box, Context with { Generation = 3 });
        AssertClosed(recipient, box, Context with { BoundId = new ObjectId(9) });
    }

    [Fact]
    public void Any_flipped_bit_closes_it()
    {
        byte[] box = Sealed();
        for (int bit = 0; bit < box.Length * 8; bit++)
        {
            byte[] changed = [.. box];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertClosed(recipient, changed, Context);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(112)]
    [InlineData(114)]
    public void A_box_of_another_length_is_refused(int length) => AssertClosed(recipient, new byte[length], Context);

    private static void AssertClosed(P256KeyPair key, byte[] box, BoxContext context) =>
        Assert.ThrowsAny<CryptographicException>(() => key.Open(box, context));

    private byte[] Sealed() => SealedBox.Seal(Secret, recipient.PublicKey, Context);
}
