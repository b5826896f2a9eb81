using System.Security.Cryptography;

namespace DataResilience.Engine.Sealing;

/// <summary>P-256 keys as the repository format writes them: an uncompressed point, a 32-byte scalar.</summary>
internal static class P256
{
    internal const int PublicKeyBytes = 65;
    internal const int PrivateKeyBytes = 32;
    internal const int SignatureBytes = 64;

    private const byte Uncompressed = 4;
    private const int CoordinateBytes = 32;

    // The order of the group, n (FIPS 186-5, SP 800-186 section 3.2.1.3), and half of it, rounded down.
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly byte[] HalfOfOrder = Convert.FromHexString("7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8");

    internal static void WritePublicKey(ECParameters parameters, Span<byte> destination)
    {
        destination[0] = Uncompressed;
        parameters.Q.X.CopyTo(destination[1..]);
        parameters.Q.Y.CopyTo(destination[(1 + CoordinateBytes)..]);
    }

    internal static byte[] PublicKeyOf(ECParameters parameters)
    {
        byte[] publicKey = new byte[PublicKeyBytes];
        WritePublicKey(parameters, publicKey);
        return publicKey;
    }

    internal static ECDiffieHellman ImportPublicKey(ReadOnlySpan<byte> publicKey) => ECDiffieHellman.Create(Parameters(publicKey, null));

    internal static ECDiffieHellman ImportKeyPair(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> privateKey) =>
        Import(publicKey, privateKey, ECDiffieHellman.Create);

    internal static ECDsa ImportVerificationKey(ReadOnlySpan<byte> publicKey) => ECDsa.Create(Parameters(publicKey, null));

    internal static ECDsa ImportSigningKey(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> privateKey) =>
        Import(publicKey, privateKey, ECDsa.Create);

    private static T Import<T>(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> privateKey, Func<ECParameters, T> create)
    {
        byte[] scalar = privateKey.ToArray();
        try
        {
            return create(Parameters(publicKey, scalar));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>
    /// Makes s of a signature (r, s) at most n/2. Of (r, s) and (r, n - s) both are as good, so that otherwise anybody could change a
    /// signed object, and with it its hash, without its signature becoming wrong.
    /// </summary>
    internal static void MakeLow(Span<byte> signature)
    {
        Span<byte> s = signature[CoordinateBytes..];
        if (IsLow(s))
        {
            return;
        }

        int borrow = 0;
        for (int i = CoordinateBytes - 1; i >= 0; i--)
        {
            int difference = Order[i] - s[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            s[i] = (byte)difference;
        }
    }

    /// <summary>Whether a signature is right and the lower of the two; false as well for a public key that is none.</summary>
    internal static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        try
        {
            using ECDsa key = ImportVerificationKey(publicKey);
            return signature.Length == SignatureBytes && IsLow(signature[CoordinateBytes..]) && key.VerifyData(message, signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsLow(ReadOnlySpan<byte> s) => s.SequenceCompareTo(HalfOfOrder) <= 0;

    /// <exception cref="CryptographicException">It is not a point of the curve, or the halves do not belong together.</exception>
    private static ECParameters Parameters(ReadOnlySpan<byte> publicKey, byte[]? privateKey)
    {
        if (publicKey.Length != PublicKeyBytes || publicKey[0] != Uncompressed)
        {
            throw new CryptographicException("A public key is an uncompressed P-256 point of 65 bytes.");
        }

        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = publicKey.Slice(1, CoordinateBytes).ToArray(), Y = publicKey[(1 + CoordinateBytes)..].ToArray() },
            D = privateKey,
        };
        parameters.Validate();
        return parameters;
    }
}
