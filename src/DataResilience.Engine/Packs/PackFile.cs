using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Packs;

/// <summary>A pack whose header, chunk table, trailer and signature were found right. Its chunks were not read.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="ContentKeys">Its content keys, sealed.</param>
/// <param name="Entries">Its chunks, which cover it without gap or overlap.</param>
internal sealed record PackFile(PackReference Pack, IReadOnlyList<PackContentKey> ContentKeys, IReadOnlyList<PackEntry> Entries)
{
    internal PackSummary Summary => new(Pack, Entries);

    /// <summary>Opens a pack in a store by reading its ends.</summary>
    /// <exception cref="DataResilienceException">
    /// <c>ObjectMissing</c>, <c>ObjectDamaged</c> with an <see cref="ObjectFault"/>; <c>ObjectUnsupported</c>.
    /// </exception>
    internal static async Task<PackFile> OpenAsync(
        IObjectStore store, IRepositoryKeys keys, ObjectId packId, long? knownSize, CancellationToken cancellationToken)
    {
        ObjectBytes bytes = await ObjectBytes.FindAsync(store, PackReference.NameOf(packId), knownSize, cancellationToken);
        return await new PackOpening(bytes, keys, packId).RunAsync(cancellationToken);
    }
}
