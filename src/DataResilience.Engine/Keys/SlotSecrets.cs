using System.Security.Cryptography;

namespace DataResilience.Engine.Keys;

/// <summary>The two private keys of a slot.</summary>
internal sealed record SlotSecrets(byte[] EncryptionKey, byte[] SigningKey) : IDisposable
{
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(EncryptionKey);
        CryptographicOperations.ZeroMemory(SigningKey);
    }

    /// <summary>No secret in a log: a record would print its fields.</summary>
    public override string ToString() => nameof(SlotSecrets);
}
