using System.Buffers.Binary;
using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>Seals and opens the bytes of one chunk (docs/repository-format.md, 6).</summary>
internal static class SealedChunk
{
    internal const int TagBytes = 16;

    private const int NonceBytes = 12;
    private const int CounterOffset = 4;
    private const int BoundBytes = ObjectId.Size + ObjectId.Size + 32 + 1 + 1 + sizeof(uint) + sizeof(uint);

    /// <summary>Seals into a place of the entry's sealed length. The entry's place and hash play no part.</summary>
    internal static void Seal(
        ReadOnlySpan<byte> contentKey,
        ObjectId repositoryId,
        ObjectId contentKeyId,
        PackEntry entry,
        ReadOnlySpan<byte> data,
        Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Span<byte> bound = stackalloc byte[BoundBytes];
        Describe(repositoryId, contentKeyId, entry, nonce, bound);
        // One for each chunk: the native context behind AesGcm holds the nonce and is not safe for two threads.
        using var gcm = new AesGcm(contentKey, TagBytes);
        gcm.Encrypt(nonce, data, destination[..data.Length], destination[data.Length..], bound);
    }

    /// <summary>Opens into a place of the sealed length less the tag.</summary>
    /// <exception cref="CryptographicException">Another key, another entry, or a change.</exception>
    internal static void Open(
        ReadOnlySpan<byte> contentKey,
        ObjectId repositoryId,
        ObjectId contentKeyId,
        PackEntry entry,
        ReadOnlySpan<byte> sealedBytes,
        Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Span<byte> bound = stackalloc byte[BoundBytes];
        Describe(repositoryId, contentKeyId, entry, nonce, bound);
        using var gcm = new AesGcm(contentKey, TagBytes);
        gcm.Decrypt(nonce, sealedBytes[..^TagBytes], sealedBytes[^TagBytes..], destination, bound);
    }

    private static void Describe(
        ObjectId repositoryId, ObjectId contentKeyId, PackEntry entry, Span<byte> nonce, Span<byte> bound)
    {
        nonce[..CounterOffset].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[CounterOffset..], entry.Nonce);
        repositoryId.Write(bound);
        contentKeyId.Write(bound[16..]);
        entry.Id.Write(bound[32..]);
        bound[64] = (byte)entry.Kind;
        bound[65] = (byte)entry.Codec;
        BinaryPrimitives.WriteUInt32LittleEndian(bound[66..], entry.PlainLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bound[70..], entry.SealedLength);
    }
}
