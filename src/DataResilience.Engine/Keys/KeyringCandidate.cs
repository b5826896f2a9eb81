namespace DataResilience.Engine.Keys;

/// <summary>One copy of a keyring: readable or not, believed not yet.</summary>
/// <param name="Copy">What is in the store.</param>
/// <param name="File">The keyring it holds; null if it holds none.</param>
/// <param name="Fault">Why it holds none.</param>
internal sealed record KeyringCandidate(StoredCopy Copy, KeyringFile? File, DataResilienceException? Fault)
{
    internal bool IsThere => Copy.Fault?.Kind != CopyFault.Missing;

    internal bool IsUnsupported => Fault?.Kind == ErrorKind.Unsupported;

    internal static KeyringCandidate Of(string name, StoredCopy copy)
    {
        try
        {
            return new KeyringCandidate(copy, copy.Bytes is null ? null : KeyringFile.Read(name, copy.Bytes), null);
        }
        catch (DataResilienceException fault)
        {
            return new KeyringCandidate(copy, null, fault);
        }
    }

    /// <summary>Whether it is undamaged, whoever made it: the admin key that it names signed it.</summary>
    internal bool IsWhole => File is not null && File.IsSignedBy(File.Payload.AdminPublicKey);

    /// <summary>What to report of a copy beside the one that is believed; null if they are equal.</summary>
    internal CopyFinding? FindingBeside(KeyringFile believed)
    {
        if (Copy.Fault is not null)
        {
            return Copy.Fault;
        }

        return Copy.Bytes.AsSpan().SequenceEqual(believed.Bytes)
            ? null
            : new CopyFinding(Copy.Place, CopyFault.Corrupt, Fault?.Message ?? "it differs from the copy that belongs to the chain");
    }
}
