
namespace DataResilience.Engine.Chunking;

/// <summary>
/// A chunk before it is sealed or after it was opened. Its buffer is rented: whoever receives a chunk disposes it.
/// </summary>
internal sealed class PlainChunk : IDisposable
{
    private readonly int length;
    private byte[]? buffer;

    /// <summary>Takes over a buffer rented from <see cref="ChunkBuffers.Pool"/>.</summary>
    internal PlainChunk(ChunkKind kind, byte[] buffer, int length, RowDigest digest = default, bool continues = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Math.Min(buffer.Length, ChunkLimits.MaxBytes));
        Kind = kind;
        this.buffer = buffer;
        this.length = length;
        Digest = digest;
        Continues = continues;
    }

    internal ChunkKind Kind { get; }

    internal ReadOnlyMemory<byte> Bytes => (buffer ?? throw new ObjectDisposedException(nameof(PlainChunk))).AsMemory(0, length);

    internal int Length => length;

    /// <summary>The digest of the rows that end in this chunk, their number included.</summary>
    internal RowDigest Digest { get; }

    /// <summary>Whether this is a part of a row that goes on in the next chunk; it holds nothing else then.</summary>
    internal bool Continues { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is { } rented)
        {
            ChunkBuffers.Pool.Return(rented);
        }
    }

    internal static PlainChunk Copy(ChunkKind kind, ReadOnlySpan<byte> plain)
    {
        byte[] rented = ChunkBuffers.Pool.Rent(plain.Length);
        plain.CopyTo(rented);
        return new PlainChunk(kind, rented, plain.Length);
    }
}
