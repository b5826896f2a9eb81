using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Index;

/// <summary>Lists the objects of a folder whose names end in an id.</summary>
internal static class PackListing
{
    internal const string Folder = "packs/";

    /// <summary>Every pack with its size.</summary>
    /// <param name="store">The store.</param>
    /// <param name="unexpected">Called for what is there and is no pack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static Task<Dictionary<ObjectId, long>> PacksAsync(
        IObjectStore store, Action<ObjectFault> unexpected, CancellationToken cancellationToken) =>
        ListAsync(store, Folder, PackReference.NameOf, unexpected, cancellationToken);

    /// <summary>Every index with its size.</summary>
    /// <param name="store">The store.</param>
    /// <param name="unexpected">Called for what is there and is no index.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static Task<Dictionary<ObjectId, long>> IndexesAsync(
        IObjectStore store, Action<ObjectFault> unexpected, CancellationToken cancellationToken) =>
        ListAsync(store, IndexFile.Folder, IndexFile.NameOf, unexpected, cancellationToken);

    private static async Task<Dictionary<ObjectId, long>> ListAsync(
        IObjectStore store,
        string folder,
        Func<ObjectId, string> nameOf,
        Action<ObjectFault> unexpected,
        CancellationToken cancellationToken)
    {
        var sizes = new Dictionary<ObjectId, long>();
        await foreach (ObjectDescription found in store.ListAsync(folder, cancellationToken))
        {
            string name = found.Name;
            if (ObjectId.TryParse(name.AsSpan(name.LastIndexOf('/') + 1), out ObjectId id) && nameOf(id) == name)
            {
                sizes.Add(id, found.Size);
            }
            else
            {
                unexpected(
                    new ObjectFault(name, ProblemKind.Unexpected, ObjectFault.Whole, "the format knows no object of this name"));
            }
        }

        return sizes;
    }
}
