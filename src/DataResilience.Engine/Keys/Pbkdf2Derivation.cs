using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>PBKDF2 with HMAC-SHA-512 (RFC 8018).</summary>
internal sealed class Pbkdf2Derivation : IPassphraseDerivation
{
    public byte[] Derive(ReadOnlySpan<byte> passphrase, KdfParameters parameters) => Rfc2898DeriveBytes.Pbkdf2(
        passphrase, parameters.SaltValue(), checked((int)parameters.Iterations), HashAlgorithmName.SHA512, KeyDerivation.KeyBytes);
}
