using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>One of the two places of an object that holds keys, as it was read.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Bytes">What is there; null if nothing is, or what is there has an impossible size.</param>
/// <param name="Fault">What is wrong with it so far.</param>
internal sealed record StoredCopy(string Place, byte[]? Bytes, CopyFinding? Fault)
{
    /// <summary>Reads an object, but never more than an object of its kind can have.</summary>
    internal static async Task<StoredCopy> ReadAsync(IObjectStore store, string place, int maxBytes, CancellationToken cancellationToken)
    {
        ObjectDescription? found = await store.FindAsync(place, cancellationToken);
        if (found is null)
        {
            return Missing(place);
        }

        if (found.Size > maxBytes)
        {
            return Corrupt(place, $"it has {found.Size} bytes where {maxBytes} are the most");
        }

        byte[] bytes = new byte[found.Size];
        return await store.ReadAsync(place, 0, bytes, cancellationToken) switch
        {
            null => Missing(place),
            { } read when read == bytes.Length => new StoredCopy(place, bytes, null),
            { } read => Corrupt(place, $"it ends after {read} of {bytes.Length} bytes"),
        };
    }

    /// <summary>Reads both places of an object.</summary>
    internal static async Task<StoredCopy[]> ReadBothAsync(IObjectStore store, string name, int maxBytes, CancellationToken cancellationToken) =>
    [
        await ReadAsync(store, name, maxBytes, cancellationToken),
        await ReadAsync(store, KeyObjectNames.CopyOf(name), maxBytes, cancellationToken),
    ];

    private static StoredCopy Missing(string place) => new(place, null, new CopyFinding(place, CopyFault.Missing, "it is not there"));

    private static StoredCopy Corrupt(string place, string detail) => new(place, null, new CopyFinding(place, CopyFault.Corrupt, detail));
}
