using System.Security;
using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>What a person or a service has to open its slot: a passphrase, or the secret of a key file.</summary>
internal sealed class SlotCredential : IDisposable
{
    private const int MinNewPassphraseLength = 12;

    private readonly SecureString? passphrase;
    private readonly byte[]? secret;

    private SlotCredential(SecureString? passphrase, byte[]? secret)
    {
        this.passphrase = passphrase;
        this.secret = secret;
    }

    internal KeyProtection Protection => passphrase is null ? KeyProtection.KeyFile : KeyProtection.Passphrase;

    /// <param name="passphrase">The passphrase; copied, so that disposing this leaves it alone.</param>
    internal static SlotCredential OfPassphrase(SecureString passphrase) => new(passphrase.Copy(), null);

    /// <param name="secret">The secret of a key file; copied.</param>
    internal static SlotCredential OfKeyFile(ReadOnlySpan<byte> secret) =>
        secret.Length == KeyFile.SecretBytes
            ? new SlotCredential(null, secret.ToArray())
            : throw new ArgumentException($"A key file's secret has {KeyFile.SecretBytes} bytes.", nameof(secret));

    /// <summary>Refuses a passphrase that is too short to be given to a new slot.</summary>
    /// <exception cref="DataResilienceException"><c>PassphraseTooShort</c>.</exception>
    internal void RequireStrength(string keyName)
    {
        if (passphrase is { Length: < MinNewPassphraseLength })
        {
            throw Errors.PassphraseTooShort.Create(keyName);
        }
    }

    /// <summary>The wrapping of a new slot.</summary>
    internal SlotWrapping WrapNew(KdfParameters kdf, IPassphraseDerivation derivation, IRandomSource random)
    {
        if (passphrase is not null)
        {
            return WrapByPassphrase(kdf, derivation);
        }

        byte[] salt = new byte[KdfParameters.SaltBytes];
        random.Fill(salt);
        return SlotWrapping.ByKeyFile(secret!, salt);
    }

    /// <summary>The wrapping of every passphrase slot. This is the slow derivation.</summary>
    internal SlotWrapping WrapByPassphrase(KdfParameters kdf, IPassphraseDerivation derivation)
    {
        byte[] text = PassphraseText.ToNormalizedUtf8(passphrase!);
        try
        {
            return SlotWrapping.ByPassphrase(derivation.Derive(text, kdf), kdf);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>The wrapping of one key-file slot.</summary>
    internal SlotWrapping WrapByKeyFile(ReadOnlySpan<byte> salt) => SlotWrapping.ByKeyFile(secret!, salt.ToArray());

    public void Dispose()
    {
        passphrase?.Dispose();
        CryptographicOperations.ZeroMemory(secret);
    }
}
