using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Restore;

/// <summary>The rows of one table of a backup, opened ahead of the loader by several workers and given out in order.</summary>
internal sealed class StoredRows(BackupContents contents, ChosenTable table, IRowFormat format, int workers)
{
    /// <summary>The digest of the rows that were given out.</summary>
    internal RowDigest Digest { get; private set; }

    internal async IAsyncEnumerable<RowBlock> ReadAsync(WorkProgress progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<OpenedChunk>> ahead = Channel.CreateBounded<Task<OpenedChunk>>(workers);
        Task opening = Task.Run(() => OpenAheadAsync(ahead.Writer, stop.Token), CancellationToken.None);
        var splitter = new RowSplitter(format, contents.Chunks.Hasher);
        try
        {
            await foreach (Task<OpenedChunk> next in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                using OpenedChunk chunk = await next;
                foreach (RowBlock block in splitter.Split(chunk.Plain.Bytes, chunk.Entry.Continues))
                {
                    yield return block;
                }

                Digest += splitter.Digest;
                progress.Add(table.Table.QualifiedName, chunk.Entry.Rows, $"{Digest.Rows} of {table.Table.Rows} rows");
            }

            splitter.Complete();
            await opening;
        }
        finally
        {
            await stop.CancelAsync();
            await DiscardAsync(opening, ahead.Reader);
        }
    }

    private async Task OpenAheadAsync(ChannelWriter<Task<OpenedChunk>> ahead, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ChunkListEntry entry in contents.ListChunksAsync(table.Table, cancellationToken))
            {
                await ahead.WaitToWriteAsync(cancellationToken);
                Task<OpenedChunk> opened = Task.Run(() => OpenAsync(entry, cancellationToken), CancellationToken.None);
                await ahead.WriteAsync(opened, CancellationToken.None);
            }

            ahead.Complete();
        }
        catch (Exception failure)
        {
            // The reader of the channel meets it where it waits for the next chunk.
            ahead.Complete(failure);
        }
    }

    private async Task<OpenedChunk> OpenAsync(ChunkListEntry entry, CancellationToken cancellationToken) =>
        new(entry, await contents.Chunks.ReadAsync(entry.Id, ChunkKind.Rows, cancellationToken));

    /// <summary>What was opened and not taken gives its buffers back; a failure of it was met or no longer matters.</summary>
    private static async Task DiscardAsync(Task opening, ChannelReader<Task<OpenedChunk>> ahead)
    {
        await opening;
        while (ahead.TryRead(out Task<OpenedChunk>? unread))
        {
            await ((Task)unread).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (unread.IsCompletedSuccessfully)
            {
                (await unread).Dispose();
            }
        }
    }

    private sealed record OpenedChunk(ChunkListEntry Entry, PlainChunk Plain) : IDisposable
    {
        public void Dispose() => Plain.Dispose();
    }
}
