using System.Security.Cryptography;
using System.Text;

namespace DataResilience.Engine.Sealing;

/// <summary>HKDF-SHA-256 (RFC 5869) with 32 bytes of output, as the repository format uses it everywhere.</summary>
internal static class KeyDerivation
{
    internal const int KeyBytes = 32;

    internal static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, string info) =>
        Derive(key, salt, Encoding.UTF8.GetBytes(info));

    internal static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info)
    {
        byte[] derived = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt, info);
        return derived;
    }
}
