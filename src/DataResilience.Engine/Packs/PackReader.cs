using System.Buffers;
using System.Security.Cryptography;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Packs;

/// <summary>Reads single chunks whose place is known. May be used by many threads at once.</summary>
/// <remarks>
/// Of a pack's header only the content key is read, and nothing of it is believed: hash, tag and chunk id prove each chunk by
/// itself, so damage elsewhere in a pack costs no chunk. Whether a pack is whole, <see cref="PackFile"/> and
/// <see cref="PackCheck"/> say.
/// </remarks>
internal sealed class PackReader(IObjectStore store, IRepositoryKeys keys) : IDisposable
{
    /// <summary>
    /// How many unwrapped content keys are kept: unwrapping costs a key agreement, and chunks of one pack are read together.
    /// </summary>
    internal const int MaxCachedKeys = 1024;

    private readonly ChunkOpener opener = new(keys);
    private readonly BoundedCache<(ObjectId Pack, ushort Number), OpenedContentKey> contentKeys = new(MaxCachedKeys);

    /// <summary>Reads and opens a chunk. The receiver disposes it.</summary>
    /// <exception cref="DataResilienceException">
    /// <c>ObjectMissing</c>, <c>ObjectDamaged</c> with an <see cref="ObjectFault"/>; <c>RoleRequired</c>.
    /// </exception>
    internal async Task<PlainChunk> ReadAsync(ChunkLocation location, CancellationToken cancellationToken)
    {
        RequirePossible(location);
        OpenedContentKey contentKey = await ContentKeyAsync(location, cancellationToken);
        return await WithSealedAsync(
            location,
            sealedBytes =>
            {
                PlainChunk? chunk = opener.Open(
                    location, contentKey.Entry, contentKey.Key, sealedBytes.Span, out ObjectFault? fault);
                return chunk ?? throw fault!.ToException(store.Location);
            },
            cancellationToken);
    }

    /// <summary>Reads the sealed bytes of a chunk and compares their hash, which needs the catalog key alone.</summary>
    /// <exception cref="DataResilienceException">
    /// <c>ObjectMissing</c>, <c>ObjectDamaged</c> with an <see cref="ObjectFault"/>.
    /// </exception>
    internal async Task CheckSealedAsync(ChunkLocation location, CancellationToken cancellationToken)
    {
        RequirePossible(location);
        await WithSealedAsync(location, _ => true, cancellationToken);
    }

    public void Dispose() => opener.Dispose();

    /// <summary>Refuses what a bad index may state before anything is allocated for it.</summary>
    private void RequirePossible(ChunkLocation location)
    {
        if (location.Entry.Impossibility(location.Pack.Class) is { } oddity)
        {
            throw Fault(location, ProblemKind.Mismatch, ObjectFault.Chunk(location.Id), oddity);
        }
    }

    private async Task<T> WithSealedAsync<T>(
        ChunkLocation location, Func<ReadOnlyMemory<byte>, T> use, CancellationToken cancellationToken)
    {
        int length = (int)location.Entry.SealedLength;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Memory<byte> sealedBytes = rented.AsMemory(0, length);
            string part = ObjectFault.Chunk(location.Id);
            await ObjectBytes.ReadExactlyAsync(
                store, location.Pack.Name, part, (long)location.Entry.Offset, sealedBytes, cancellationToken);
            return ChunkOpener.Check(location, sealedBytes.Span) is { } fault
                ? throw fault.ToException(store.Location)
                : use(sealedBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private async ValueTask<OpenedContentKey> ContentKeyAsync(ChunkLocation location, CancellationToken cancellationToken)
    {
        (ObjectId Id, ushort KeyNumber) cacheKey = (location.Pack.Id, location.Entry.KeyNumber);
        if (contentKeys.TryGet(cacheKey, out OpenedContentKey? opened))
        {
            return opened;
        }

        int size = PackContentKey.SizeIn(location.Pack.Class);
        byte[] bytes = new byte[size];
        long offset = PackHeader.Size + (location.Entry.KeyNumber * (long)size);
        await ObjectBytes.ReadExactlyAsync(store, location.Pack.Name, ObjectFault.ContentKeys, offset, bytes, cancellationToken);
        opened = Open(location, PackContentKey.Read(bytes, location.Pack.Class));
        contentKeys.Add(cacheKey, opened, 1);
        return opened;
    }

    private OpenedContentKey Open(ChunkLocation location, PackContentKey entry)
    {
        try
        {
            return new OpenedContentKey(entry, PackKeys.Open(keys, entry, location.Pack.Class));
        }
        catch (CryptographicException exception)
        {
            string detail = $"the content key does not open: {exception.Message}";
            throw Fault(location, ProblemKind.Corrupt, ObjectFault.ContentKeys, detail, exception);
        }
    }

    private DataResilienceException Fault(
        ChunkLocation location, ProblemKind kind, string part, string detail, Exception? cause = null) =>
        new ObjectFault(location.Pack.Name, kind, part, detail).ToException(store.Location, cause);
}
