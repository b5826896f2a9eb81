using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>How slots are wrapped by one credential: for passphrases the slow derivation is done, and serves every slot (4.2).</summary>
internal sealed class SlotWrapping : IDisposable
{
    private const string Info = "DataResilience/1 slot";

    private readonly byte[] secret;

    private SlotWrapping(KeyProtection protection, uint iterations, byte[] salt, byte[] secret)
    {
        Protection = protection;
        Iterations = iterations;
        Salt = salt;
        this.secret = secret;
    }

    internal KeyProtection Protection { get; }

    internal uint Iterations { get; }

    internal byte[] Salt { get; }

    /// <param name="derived">PBKDF2 of the passphrase with the repository's parameters; overwritten on disposal.</param>
    /// <param name="kdf">The repository's parameters.</param>
    internal static SlotWrapping ByPassphrase(byte[] derived, KdfParameters kdf) =>
        new(KeyProtection.Passphrase, kdf.Iterations, kdf.SaltValue(), derived);

    /// <param name="secret">The secret of the key file; copied.</param>
    /// <param name="salt">The slot's own salt.</param>
    internal static SlotWrapping ByKeyFile(byte[] secret, byte[] salt) => new(KeyProtection.KeyFile, 0, salt, [.. secret]);

    /// <summary>The key that wraps one slot.</summary>
    internal byte[] KeyOf(ObjectId slotId) => KeyDerivation.Derive(
        secret,
        Protection == KeyProtection.Passphrase ? slotId.ToArray() : [.. Salt, .. slotId.ToArray()],
        Info);

    public void Dispose() => CryptographicOperations.ZeroMemory(secret);
}
