using System.Collections.Concurrent;
using System.Security.Cryptography;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using ZstdSharp;

namespace DataResilience.Engine.Packs;

/// <summary>
/// Opens the sealed bytes of a chunk and proves what comes out: hash of the sealed bytes, tag, stated length, chunk id. Nothing
/// larger than the stated length, 4 MiB at most, is ever produced. May be used by many threads at once.
/// </summary>
/// <remarks>Without the deduplication secret, as a slot without a role reads chunk lists, no id can be computed.</remarks>
internal sealed class ChunkOpener(IRepositoryKeys keys) : IDisposable
{
    private readonly ConcurrentBag<Decompressor> decompressors = [];
    private readonly ChunkIdentity? identity = HasSecret(keys) ? new ChunkIdentity(keys.DeduplicationSecret()) : null;

    /// <summary>Whether the id of what is opened is computed again.</summary>
    internal bool Identifies => identity is not null;

    /// <summary>Compares the sealed bytes with their hash; null if they are right.</summary>
    internal static ObjectFault? Check(ChunkLocation location, ReadOnlySpan<byte> sealedBytes) =>
        Sha256Hash.Of(sealedBytes) == location.Entry.SealedHash
            ? null
            : Fault(location, ProblemKind.Corrupt, "its sealed bytes are not those that were written");

    /// <summary>Opens a chunk whose sealed bytes were checked; a fault if it is not what it should be.</summary>
    internal PlainChunk? Open(
        ChunkLocation location,
        PackContentKey keyEntry,
        ReadOnlySpan<byte> contentKey,
        ReadOnlySpan<byte> sealedBytes,
        out ObjectFault? fault)
    {
        byte[] plain = ChunkBuffers.Pool.Rent((int)location.Entry.PlainLength);
        string? problem = Decrypt(
            location.Entry, keyEntry, contentKey, sealedBytes, plain.AsSpan(0, (int)location.Entry.PlainLength));
        if (problem is null)
        {
            fault = null;
            return new PlainChunk(location.Entry.Kind, plain, (int)location.Entry.PlainLength);
        }

        ChunkBuffers.Pool.Return(plain);
        fault = Fault(location, ProblemKind.Mismatch, problem);
        return null;
    }

    public void Dispose()
    {
        while (decompressors.TryTake(out Decompressor? decompressor))
        {
            decompressor.Dispose();
        }
    }

    private static bool HasSecret(IRepositoryKeys keys) =>
        keys.Roles.HasFlag(RepositoryRole.Writer) || keys.Roles.HasFlag(RepositoryRole.Reader);

    private static ObjectFault Fault(ChunkLocation location, ProblemKind kind, string detail) =>
        new(location.Pack.Name, kind, ObjectFault.Chunk(location.Id), detail);

    private string? Decrypt(
        PackEntry entry, PackContentKey keyEntry, ReadOnlySpan<byte> contentKey, ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        int dataLength = sealedBytes.Length - SealedChunk.TagBytes;
        byte[] data = ChunkBuffers.Pool.Rent(dataLength);
        try
        {
            SealedChunk.Open(contentKey, keys.RepositoryId, keyEntry.Id, entry, sealedBytes, data.AsSpan(0, dataLength));
            return Unpack(entry.Codec, data.AsSpan(0, dataLength), plain) ?? Identify(entry, plain);
        }
        catch (CryptographicException)
        {
            return "it does not open with its content key";
        }
        finally
        {
            ChunkBuffers.Pool.Return(data);
        }
    }

    private string? Unpack(ChunkCodec codec, ReadOnlySpan<byte> data, Span<byte> plain)
    {
        if (codec == ChunkCodec.Stored)
        {
            data.CopyTo(plain);
            return null;
        }

        Decompressor decompressor = decompressors.TryTake(out Decompressor? used) ? used : new Decompressor();
        try
        {
            return Zstd.Decompress(decompressor, data, plain);
        }
        finally
        {
            decompressors.Add(decompressor);
        }
    }

    private string? Identify(PackEntry entry, ReadOnlySpan<byte> plain)
    {
        if (identity is null)
        {
            return null;
        }

        ChunkId id = identity.Of(entry.Kind, plain);
        return id == entry.Id ? null : $"what it holds is the chunk {id}";
    }
}
