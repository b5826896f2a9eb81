using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Packs;

/// <summary>
/// Puts chunks of one class into packs and packs into the store. Any number of threads may add at once: each compresses and seals
/// its chunk itself, only the place in the pack is given under a lock. Packs are stored in the background.
/// </summary>
/// <remarks>
/// Memory: the pack buffers (<see cref="PackBuffers"/>), and a compression context and a buffer as large as its chunk for each
/// thread that adds at once.
/// The first failure ends the writer: it surfaces from whatever is called next, and nothing more is stored.
/// </remarks>
/// <param name="store">Where packs go.</param>
/// <param name="keys">Writer's keys.</param>
/// <param name="random">Ids, content keys and salts.</param>
/// <param name="packClass">The class of the packs.</param>
/// <param name="buffers">Where packs are put together; shared with other writers of the run.</param>
/// <param name="finished">Called for each pack that is durable, on any thread, by several at once.</param>
internal sealed class PackWriter(
    IObjectStore store,
    IRepositoryKeys keys,
    IRandomSource random,
    PackClass packClass,
    PackBuffers buffers,
    Func<PackSummary, CancellationToken, ValueTask> finished) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly ConcurrentBag<ChunkCompressor> compressors = [];
    private readonly CancellationTokenSource stop = new();
    private OpenPack? current;
    private Task? opening;
    private Task finishing = Task.CompletedTask;
    private ExceptionDispatchInfo? failure;

    /// <summary>Gives a chunk its place in a pack. Waits while all pack buffers are on their way into the store.</summary>
    /// <returns>Where it is; durable once its pack was reported finished.</returns>
    internal async ValueTask<StoredChunk> AddAsync(
        ChunkId id, ChunkKind kind, ReadOnlyMemory<byte> plain, CancellationToken cancellationToken)
    {
        RequireFit(kind, plain.Length);
        ThrowIfFailed();
        ChunkCompressor compressor = compressors.TryTake(out ChunkCompressor? used) ? used : new ChunkCompressor();
        try
        {
            ReadOnlyMemory<byte> data = compressor.Compress(plain, out ChunkCodec codec);
            uint sealedLength = (uint)(data.Length + SealedChunk.TagBytes);
            var wanted = new PackEntry(id, kind, codec, 0, 0, 0, sealedLength, (uint)plain.Length, default);
            Reservation place = await ReserveAsync(wanted, cancellationToken);
            Fill(place, data.Span);
            return new StoredChunk(id, place.Pack.Id, sealedLength, (uint)plain.Length);
        }
        finally
        {
            compressor.Release();
            compressors.Add(compressor);
        }
    }

    /// <summary>Stores what was added so far and waits until it is durable and reported. Call it when nobody is adding.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        Task outstanding;
        lock (gate)
        {
            if (current is { IsEmpty: false })
            {
                CloseCurrent();
            }

            outstanding = finishing;
        }

        await outstanding.WaitAsync(cancellationToken);
        ThrowIfFailed();
    }

    /// <summary>
    /// Stops uploads that are under way, waits for them and gives all buffers back. Without a flush, what was added is lost.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Fail(new ObjectDisposedException(nameof(PackWriter)));
        Task? lastOpening;
        lock (gate)
        {
            lastOpening = opening;
        }

        await (lastOpening ?? Task.CompletedTask);
        await finishing;
        while (compressors.TryTake(out ChunkCompressor? compressor))
        {
            compressor.Dispose();
        }

        stop.Dispose();
    }

    private void RequireFit(ChunkKind kind, int plainLength)
    {
        if (PackClasses.Of(kind) != packClass || plainLength is 0 or > ChunkLimits.MaxBytes)
        {
            throw new ArgumentException(
                $"A pack of the class {packClass} takes no chunk {kind} of {plainLength} bytes.", nameof(kind));
        }
    }

    private async ValueTask<Reservation> ReserveAsync(PackEntry wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task opened;
            lock (gate)
            {
                failure?.Throw();
                if (current is not null)
                {
                    return Reserve(current, wanted);
                }

                opened = opening ??= Task.Run(OpenAsync, CancellationToken.None);
            }

            await opened.WaitAsync(cancellationToken);
        }
    }

    private Reservation Reserve(OpenPack pack, PackEntry wanted)
    {
        Reservation place = pack.Reserve(wanted);
        if (pack.IsFull)
        {
            CloseCurrent();
        }

        return place;
    }

    private void Fill(Reservation place, ReadOnlySpan<byte> data)
    {
        try
        {
            place.Pack.Fill(place, data);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    /// <summary>Makes the next pack. Those who wait for it look at <see cref="failure"/> again when this ends.</summary>
    private async Task OpenAsync()
    {
        byte[]? buffer = null;
        try
        {
            buffer = await buffers.RentAsync(stop.Token);
            var pack = new OpenPack(buffer, packClass, keys, random);
            lock (gate)
            {
                opening = null;
                if (failure is null)
                {
                    current = pack;
                    buffer = null;
                }
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            Return(buffer);
        }
    }

    /// <summary>Under the lock: the current pack takes no more and is on its way.</summary>
    private void CloseCurrent()
    {
        OpenPack pack = current!;
        current = null;
        pack.Close();
        finishing = Task.WhenAll(finishing, Task.Run(() => FinishAsync(pack), CancellationToken.None));
    }

    private async Task FinishAsync(OpenPack pack)
    {
        try
        {
            PackSummary? summary = await StoreAsync(pack);
            if (summary is not null)
            {
                await finished(summary, stop.Token);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Stores a pack once all its places are filled, unless the run has failed, and gives its buffer back.</summary>
    private async Task<PackSummary?> StoreAsync(OpenPack pack)
    {
        try
        {
            await pack.Filled;
            if (HasFailed())
            {
                return null;
            }

            PackSummary summary = pack.Finish(random);
            await CreateOnly.StoreAsync(store, summary.Pack.Name, pack.Buffer.AsMemory(0, (int)summary.Pack.Size), stop.Token);
            return summary;
        }
        finally
        {
            Return(pack.Buffer);
        }
    }

    private void Return(byte[]? buffer)
    {
        if (buffer is not null)
        {
            buffers.Return(buffer);
        }
    }

    private void Fail(Exception exception)
    {
        lock (gate)
        {
            if (failure is not null)
            {
                return;
            }

            failure = ExceptionDispatchInfo.Capture(exception);
            if (current is not null)
            {
                CloseCurrent();
            }
        }

        stop.Cancel();
    }

    private bool HasFailed()
    {
        lock (gate)
        {
            return failure is not null;
        }
    }

    private void ThrowIfFailed()
    {
        lock (gate)
        {
            failure?.Throw();
        }
    }
}
