using System.Numerics;
using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Sealing;

public sealed class P256Tests
{
    private static readonly BigInteger Order = Number(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"));

    private readonly P256KeyPair key = P256KeyPair.Generate();

    [Fact]
    public void Of_the_two_signatures_that_are_as_good_the_lower_is_made_and_the_other_refused()
    {
        for (int number = 0; number < 50; number++)
        {
            byte[] message = BitConverter.GetBytes(number);
            byte[] signature = key.Sign(message);
            BigInteger s = Number(signature.AsSpan(32));

            Assert.True(s <= Order / 2);
            Assert.True(P256.Verify(key.PublicKey, message, signature));

            byte[] other = [.. signature[..32], .. Bytes(Order - s)];
            using ECDsa plain = P256.ImportVerificationKey(key.PublicKey);
            Assert.True(plain.VerifyData(message, other, HashAlgorithmName.SHA256));
            Assert.False(P256.Verify(key.PublicKey, message, other));
            P256.MakeLow(other);
            Assert.Equal(signature, other);
        }
    }

    [Fact]
    public void The_border_is_half_of_the_order()
    {
        byte[] signature = [.. new byte[32], .. Bytes(Order / 2)];
        byte[] above = [.. new byte[32], .. Bytes((Order / 2) + 1)];

        P256.MakeLow(signature);
        P256.MakeLow(above);

        Assert.Equal(Order / 2, Number(signature.AsSpan(32)));
        Assert.Equal(Order / 2, Number(above.AsSpan(32)));
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
