using System.Security.Cryptography;

namespace DataResilience.Engine.Sealing;

/// <summary>AES-256-GCM under a key that seals one byte string only, so that a nonce of zeros never repeats under it.</summary>
internal static class OnceOnlyGcm
{
    internal const int TagBytes = 16;

    private const int NonceBytes = 12;

    internal static void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, Span<byte> destination, ReadOnlySpan<byte> bound)
    {
        using var gcm = new AesGcm(key, TagBytes);
        gcm.Encrypt(stackalloc byte[NonceBytes], plain, destination[..plain.Length], destination[plain.Length..], bound);
    }

    /// <exception cref="CryptographicException">Another key, other bound bytes, or a change.</exception>
    internal static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> bound)
    {
        if (sealedBytes.Length < TagBytes)
        {
            throw new CryptographicException("There is no room for the tag.");
        }

        byte[] plain = new byte[sealedBytes.Length - TagBytes];
        using var gcm = new AesGcm(key, TagBytes);
        gcm.Decrypt(stackalloc byte[NonceBytes], sealedBytes[..plain.Length], sealedBytes[plain.Length..], plain, bound);
        return plain;
    }
}
