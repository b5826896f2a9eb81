using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Administration;

/// <summary>
/// The chunks that some manifest needs, and the packs that hold them. Needs the catalog key alone: manifests and chunk lists.
/// </summary>
/// <remarks>Memory: 64 bits of each chunk id, some 20 MiB for each TiB stored. It is a report, so a collision costs a wrong figure only.</remarks>
internal sealed class NeededChunks(CatalogView view, ChunkSource chunks)
{
    private readonly HashSet<ulong> needed = [];
    private readonly HashSet<ObjectId> packs = [];

    internal bool Needs(ObjectId pack) => packs.Contains(pack);

    internal bool Needs(ChunkId id) => needed.Contains(Short(id));

    internal async Task CollectAsync(CancellationToken cancellationToken)
    {
        foreach (CatalogEntry entry in view.Catalog.Backups)
        {
            BackupContents contents = await BackupContents.OpenAsync(view.Repository, chunks, entry.BackupId, cancellationToken);
            await foreach (ChunkId id in contents.ListAllAsync(cancellationToken))
            {
                await AddAsync(id, cancellationToken);
            }
        }
    }

    private async Task AddAsync(ChunkId id, CancellationToken cancellationToken)
    {
        if (needed.Add(Short(id)))
        {
            foreach (ChunkLocation location in await chunks.Index.FindAsync(id, cancellationToken))
            {
                packs.Add(location.Pack.Id);
            }
        }
    }

    private static ulong Short(ChunkId id) => (ulong)id.Low;
}
