using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Backup;

/// <summary>The growing chunk list and digests of one table: chunks are added in their order.</summary>
internal sealed class TableLists(BackupWriter writer) : IDisposable
{
    private readonly ChunkListBuilder builder = new();
    private readonly List<string> listIds = [];
    private readonly List<string> digestIds = [];

    internal RowDigest Digest { get; private set; }

    internal long Bytes { get; private set; }

    internal long Chunks { get; private set; }

    internal long NewChunks { get; private set; }

    internal IReadOnlyList<string> ListIds => listIds;

    internal IReadOnlyList<string> DigestIds => digestIds;

    internal Task AddAsync(ListedChunk chunk, CancellationToken cancellationToken)
    {
        Digest += chunk.Digest;
        Bytes += chunk.Entry.PlainBytes;
        Chunks++;
        NewChunks += chunk.IsNew ? 1 : 0;
        return StoreListAsync(builder.Add(chunk.Entry, ChunkDigest.Of(chunk.Digest)), cancellationToken);
    }

    internal Task CompleteAsync(CancellationToken cancellationToken) => StoreListAsync(builder.Complete(), cancellationToken);

    public void Dispose() => builder.Dispose();

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
