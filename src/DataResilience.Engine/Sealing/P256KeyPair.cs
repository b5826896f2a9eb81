using System.Security.Cryptography;

namespace DataResilience.Engine.Sealing;

/// <summary>A P-256 key pair as the format writes it: 65 bytes and 32 bytes. Disposing it overwrites the private half.</summary>
internal sealed record P256KeyPair(byte[] PublicKey, byte[] PrivateKey) : IDisposable
{
    /// <summary>A new key pair of the operating system's generator.</summary>
    internal static P256KeyPair Generate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        return new P256KeyPair(P256.PublicKeyOf(parameters), parameters.D!);
    }

    internal byte[] Sign(ReadOnlySpan<byte> message)
    {
        using ECDsa key = P256.ImportSigningKey(PublicKey, PrivateKey);
        byte[] signature = key.SignData(message, HashAlgorithmName.SHA256);
        P256.MakeLow(signature);
        return signature;
    }

    internal byte[] Open(ReadOnlySpan<byte> box, BoxContext context)
    {
        using ECDiffieHellman key = P256.ImportKeyPair(PublicKey, PrivateKey);
        return SealedBox.Open(box, key, PublicKey, context);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(PrivateKey);
}
