namespace DataResilience.Engine.Keys;

/// <summary>The slow derivation. Tests count how often it runs.</summary>
internal interface IPassphraseDerivation
{
    /// <summary>32 bytes out of a passphrase.</summary>
    byte[] Derive(ReadOnlySpan<byte> passphrase, KdfParameters parameters);
}
