using System.Security.Cryptography;

namespace DataResilience.Engine.Sealing;

/// <summary>Hands 32 bytes to the owner of a P-256 key pair: ECDH, HKDF-SHA-256, AES-256-GCM (docs/repository-format.md, 4.1).</summary>
internal static class SealedBox
{
    internal const int Size = P256.PublicKeyBytes + KeyDerivation.KeyBytes + GcmTagBytes;

    private const int GcmTagBytes = 16;
    private const int GcmNonceBytes = 12;

    internal static byte[] Seal(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> recipientPublicKey, BoxContext context)
    {
        using ECDiffieHellman ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        byte[] box = new byte[Size];
        P256.WritePublicKey(ephemeral.ExportParameters(includePrivateParameters: false), box);
        using ECDiffieHellman recipient = P256.ImportPublicKey(recipientPublicKey);
        byte[] key = BoxKey(ephemeral.DeriveRawSecretAgreement(recipient.PublicKey), box.AsSpan(0, P256.PublicKeyBytes), recipientPublicKey, context);
        using var gcm = new AesGcm(key, GcmTagBytes);
        Span<byte> sealedPart = box.AsSpan(P256.PublicKeyBytes);
        // The key belongs to this one box, so a fixed nonce never repeats under it.
        gcm.Encrypt(stackalloc byte[GcmNonceBytes], secret, sealedPart[..KeyDerivation.KeyBytes], sealedPart[KeyDerivation.KeyBytes..], context.ToBytes());
        CryptographicOperations.ZeroMemory(key);
        return box;
    }

    /// <exception cref="CryptographicException">The box is not for this key or this context, or was changed.</exception>
    internal static byte[] Open(ReadOnlySpan<byte> box, ECDiffieHellman recipient, ReadOnlySpan<byte> recipientPublicKey, BoxContext context)
    {
        if (box.Length != Size)
        {
            throw new CryptographicException($"A box has {Size} bytes, this one has {box.Length}.");
        }

        using ECDiffieHellman ephemeral = P256.ImportPublicKey(box[..P256.PublicKeyBytes]);
        byte[] key = BoxKey(recipient.DeriveRawSecretAgreement(ephemeral.PublicKey), box[..P256.PublicKeyBytes], recipientPublicKey, context);
        byte[] secret = new byte[KeyDerivation.KeyBytes];
        using var gcm = new AesGcm(key, GcmTagBytes);
        ReadOnlySpan<byte> sealedPart = box[P256.PublicKeyBytes..];
        gcm.Decrypt(stackalloc byte[GcmNonceBytes], sealedPart[..KeyDerivation.KeyBytes], sealedPart[KeyDerivation.KeyBytes..], secret, context.ToBytes());
        CryptographicOperations.ZeroMemory(key);
        return secret;
    }

    private static byte[] BoxKey(byte[] agreement, ReadOnlySpan<byte> ephemeralPublicKey, ReadOnlySpan<byte> recipientPublicKey, BoxContext context)
    {
        byte[] info = [.. "DataResilience/1 box\0"u8, .. context.ToBytes()];
        byte[] key = KeyDerivation.Derive(agreement, [.. ephemeralPublicKey, .. recipientPublicKey], info);
        CryptographicOperations.ZeroMemory(agreement);
        return key;
    }
}
