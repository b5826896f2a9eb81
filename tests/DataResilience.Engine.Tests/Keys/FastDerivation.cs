using System.Security.Cryptography;
using DataResilience.Engine.Keys;

namespace DataResilience.Engine.Tests.Keys;

/// <summary>Counts derivations, and does not take half a second for each.</summary>
internal sealed class FastDerivation : IPassphraseDerivation
{
    public int Count { get; private set; }

    public byte[] Derive(ReadOnlySpan<byte> passphrase, KdfParameters parameters)
    {
        Count++;
        return SHA256.HashData([.. passphrase, .. parameters.SaltValue()]);
    }
}
