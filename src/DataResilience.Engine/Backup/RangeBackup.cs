using System.Threading.Channels;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Operations;
using DataResilience.Providers;

namespace DataResilience.Engine.Backup;

/// <summary>One range on its way: its rows are read, cut and stored; its chunks are listed when its turn has come.</summary>
internal sealed class RangeBackup(RowRange range)
{
    private readonly Channel<Task<ListedChunk>> stored = Channel.CreateBounded<Task<ListedChunk>>(
        new BoundedChannelOptions(RangePlaces.MaxChunksAhead) { SingleReader = true, SingleWriter = true });

    internal RowRange Range => range;

    /// <summary>Stores the chunks of the range, several at once.</summary>
    /// <param name="rows">The rows of the range.</param>
    /// <param name="writer">Where chunks go.</param>
    /// <param name="together">What fails with the range: each chunk that is being stored becomes a part of it.</param>
    /// <param name="read">Called with the rows of each chunk that was cut.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task StoreAsync(
        IAsyncEnumerable<RowBlock> rows, BackupWriter writer, TaskGroup together, Action<long> read, CancellationToken cancellationToken)
    {
        await foreach (PlainChunk chunk in RowChunker.CutAsync(rows, writer.Hasher, cancellationToken))
        {
            read(chunk.Digest.Rows);
            Task<ListedChunk> storing = await writer.BeginStoreAsync(chunk, cancellationToken);
            together.Add(storing);
            await stored.Writer.WriteAsync(storing, cancellationToken);
        }

        stored.Writer.Complete();
    }

    /// <summary>Adds the chunks to the table's lists, in their order.</summary>
    /// <returns>How many there are.</returns>
    internal async Task<long> ListAsync(TableLists lists, CancellationToken cancellationToken)
    {
        long chunks = 0;
        await foreach (Task<ListedChunk> storing in stored.Reader.ReadAllAsync(cancellationToken))
        {
            await lists.AddAsync(await storing, cancellationToken);
            chunks++;
        }

        return chunks;
    }
}
