using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Tests.Chunking;

/// <summary>What a chunk was, after its buffer went back.</summary>
internal sealed record CutChunk(byte[] Bytes, RowDigest Digest, bool Continues)
{
    private static readonly ChunkIdentity Identity = new(TestRows.Secret);

    public ChunkId Id { get; } = Identity.Of(ChunkKind.Rows, Bytes);

    public static void TakeAll(RowChunker chunker, List<CutChunk> chunks)
    {
        while (chunker.TryTake(out PlainChunk? chunk))
        {
            using (chunk)
            {
                chunks.Add(new CutChunk(chunk.Bytes.ToArray(), chunk.Digest, chunk.Continues));
            }
        }
    }
}
