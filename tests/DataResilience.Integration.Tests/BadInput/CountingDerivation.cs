using DataResilience.Engine.Keys;

namespace DataResilience.Integration.Tests.BadInput;

/// <summary>Counts how often a key is derived from a passphrase.</summary>
internal sealed class CountingDerivation : IPassphraseDerivation
{
    private readonly Pbkdf2Derivation inner = new();

    public int Count { get; private set; }

    public byte[] Derive(ReadOnlySpan<byte> passphrase, KdfParameters parameters)
    {
        Count++;
        return inner.Derive(passphrase, parameters);
    }
}
