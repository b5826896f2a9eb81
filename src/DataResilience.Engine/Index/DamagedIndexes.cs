using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Index;

/// <summary>Takes away index objects that are damaged, once others list the same packs: they count as none, and stay a finding for ever.</summary>
internal sealed class DamagedIndexes(IObjectStore store, IRepositoryKeys keys)
{
    /// <returns>What was wrong with those that were deleted.</returns>
    internal async Task<IReadOnlyList<ObjectFault>> DeleteAsync(CancellationToken cancellationToken)
    {
        var deleted = new List<ObjectFault>();
        Dictionary<ObjectId, long> indexes = await PackListing.IndexesAsync(store, _ => { }, cancellationToken);
        foreach ((ObjectId id, long size) in indexes)
        {
            if (await FindFaultAsync(id, size, cancellationToken) is { } fault)
            {
                await store.DeleteAsync(IndexFile.NameOf(id), cancellationToken);
                deleted.Add(fault);
            }
        }

        return deleted;
    }

    /// <summary>An index of a newer version is none of ours to delete.</summary>
    private async Task<ObjectFault?> FindFaultAsync(ObjectId id, long size, CancellationToken cancellationToken)
    {
        try
        {
            await IndexFile.CheckAsync(store, keys, id, size, cancellationToken);
            return null;
        }
        catch (DataResilienceException exception) when (exception.Kind == ErrorKind.Damaged && ObjectFault.TryFind(exception, out ObjectFault? fault))
        {
            return fault;
        }
    }
}
