using DataResilience.Engine.Chunking;
using ZstdSharp;

namespace DataResilience.Engine.Packs;

/// <summary>Compresses chunks, one at a time, with a context of its own that is used again.</summary>
internal sealed class ChunkCompressor : IDisposable
{
    // Level 1: on database text 160-190 MB/s at a ratio of 2.5 to 4.9; higher levels cost time and gain little.
    private const int Level = 1;

    private readonly Compressor compressor = new(Level);
    private byte[]? scratch;

    /// <summary>
    /// What is to be sealed: the compressed bytes, which stand until <see cref="Release"/>, or the plain ones if they do not
    /// shrink.
    /// </summary>
    internal ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> plain, out ChunkCodec codec)
    {
        Release();
        scratch = ChunkBuffers.Pool.Rent(plain.Length);
        // A destination one byte shorter than the plain bytes makes "does not shrink" the compressor's own answer.
        bool shrinks = compressor.TryWrap(plain.Span, scratch.AsSpan(0, plain.Length - 1), out int written);
        codec = shrinks ? ChunkCodec.Zstandard : ChunkCodec.Stored;
        return shrinks ? scratch.AsMemory(0, written) : plain;
    }

    /// <summary>Gives the buffer back: a worker that waits for rows holds none.</summary>
    internal void Release()
    {
        if (scratch is not null)
        {
            ChunkBuffers.Pool.Return(scratch);
            scratch = null;
        }
    }

    public void Dispose()
    {
        Release();
        compressor.Dispose();
    }
}
