using System.Security.Cryptography;

namespace DataResilience.Engine.Chunking;

/// <summary>
/// Computes chunk ids: HMAC-SHA-512 under the deduplication secret over the kind and the plain bytes, cut to 32 bytes.
/// SHA-512 runs 1.5 times as fast as SHA-256 where the processor has no SHA extensions. May be used by many threads at once.
/// </summary>
/// <param name="deduplicationSecret">The secret, 32 bytes.</param>
internal sealed class ChunkIdentity(byte[] deduplicationSecret)
{
    internal ChunkId Of(PlainChunk chunk) => Of(chunk.Kind, chunk.Bytes.Span);

    internal ChunkId Of(ChunkKind kind, ReadOnlySpan<byte> plain)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, deduplicationSecret);
        hash.AppendData([(byte)kind]);
        hash.AppendData(plain);
        Span<byte> code = stackalloc byte[HMACSHA512.HashSizeInBytes];
        hash.GetHashAndReset(code);
        return ChunkId.Read(code);
    }
}
