using System.Runtime.CompilerServices;
using System.Threading.Channels;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Restore;

/// <summary>The rows of a part of a table of a backup, opened ahead of the loader by several workers and given out in order.</summary>
/// <remarks>
/// A chunk has a place from before it is read until the loader has all of it. One place is the part's own, so that it never waits
/// for other parts; the others are shared by all parts that are being loaded. So at most workers + loaders chunks are open, of
/// 4 MiB at most and 1 MiB on average.
/// </remarks>
internal sealed class StoredRows(BackupContents contents, TablePart part, IRowFormat format, SemaphoreSlim sharedPlaces)
{
    /// <summary>The digest of the rows that were given out.</summary>
    internal RowDigest Digest { get; private set; }

    internal async IAsyncEnumerable<RowBlock> ReadAsync(Action<long> given, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ownPlace = new SemaphoreSlim(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<OpenedChunk>> ahead = Channel.CreateUnbounded<Task<OpenedChunk>>(
            new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        Task opening = Task.Run(() => OpenAheadAsync(ahead.Writer, ownPlace, stop.Token), CancellationToken.None);
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
                given(chunk.Entry.Rows);
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

    private async Task OpenAheadAsync(ChannelWriter<Task<OpenedChunk>> ahead, SemaphoreSlim ownPlace, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ChunkListEntry entry in contents.ListChunksAsync(part.Table.Table, part.Span, cancellationToken))
            {
                SemaphoreSlim place = await EnterAsync(ownPlace, cancellationToken);
                ahead.TryWrite(Task.Run(() => OpenAsync(entry, place, cancellationToken), CancellationToken.None));
            }

            ahead.Complete();
        }
        catch (Exception failure)
        {
            // The reader of the channel meets it where it waits for the next chunk.
            ahead.Complete(failure);
        }
    }

    private async Task<SemaphoreSlim> EnterAsync(SemaphoreSlim ownPlace, CancellationToken cancellationToken)
    {
        if (sharedPlaces.Wait(0, CancellationToken.None))
        {
            return sharedPlaces;
        }

        await ownPlace.WaitAsync(cancellationToken);
        return ownPlace;
    }

    private async Task<OpenedChunk> OpenAsync(ChunkListEntry entry, SemaphoreSlim place, CancellationToken cancellationToken)
    {
        try
        {
            return new OpenedChunk(entry, await contents.Chunks.ReadAsync(entry.Id, ChunkKind.Rows, cancellationToken), place);
        }
        catch
        {
            place.Release();
            throw;
        }
    }

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

    private sealed record OpenedChunk(ChunkListEntry Entry, PlainChunk Plain, SemaphoreSlim Place) : IDisposable
    {
        public void Dispose()
        {
            Plain.Dispose();
            Place.Release();
        }
    }
}
