using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Backup;

/// <summary>
/// The growing chunk list and digests of one table. Chunks are stored side by side and listed in their order; at most
/// <see cref="BackupWriter.ChunksInFlight"/> of them are on their way.
/// </summary>
internal sealed class TableLists(BackupWriter writer) : IDisposable
{
    private readonly Queue<Task<ListedChunk>> underWay = new();
    private readonly ChunkListBuilder builder = new();
    private readonly List<string> listIds = [];
    private readonly List<string> digestIds = [];

    internal RowDigest Digest { get; private set; }

    internal long Bytes { get; private set; }

    internal long Chunks { get; private set; }

    internal long NewChunks { get; private set; }

    internal IReadOnlyList<string> ListIds => listIds;

    internal IReadOnlyList<string> DigestIds => digestIds;

    /// <summary>Takes over a chunk of rows; waits while too many are on their way.</summary>
    internal async Task AddAsync(PlainChunk chunk, CancellationToken cancellationToken)
    {
        underWay.Enqueue(await writer.BeginStoreAsync(chunk, cancellationToken));
        while (underWay.Count > writer.ChunksInFlight)
        {
            await ListNextAsync(cancellationToken);
        }
    }

    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (underWay.Count > 0)
        {
            await ListNextAsync(cancellationToken);
        }
    }

    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken);
        await StoreListAsync(builder.Complete(), cancellationToken);
    }

    public void Dispose() => builder.Dispose();

    private async Task ListNextAsync(CancellationToken cancellationToken)
    {
        ListedChunk chunk = await underWay.Dequeue();
        Digest += chunk.Digest;
        Bytes += chunk.Entry.PlainBytes;
        Chunks++;
        NewChunks += chunk.IsNew ? 1 : 0;
        await StoreListAsync(builder.Add(chunk.Entry, ChunkDigest.Of(chunk.Digest)), cancellationToken);
    }

    private async Task StoreListAsync((PlainChunk List, PlainChunk Digests)? full, CancellationToken cancellationToken)
    {
        if (full is not { } pair)
        {
            return;
        }

        listIds.Add(await writer.StoreAsync(pair.List, cancellationToken));
        digestIds.Add(await writer.StoreAsync(pair.Digests, cancellationToken));
    }
}
