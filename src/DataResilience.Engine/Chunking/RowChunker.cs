using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.Engine.Chunking;

/// <summary>
/// Cuts the rows of one range into chunks where the rows' own hashes say so (docs/repository-format.md, 5.6), so that an
/// insert moves only the cuts in its neighbourhood. The result does not depend on where blocks begin and end.
/// </summary>
/// <remarks>Each row is hashed once, for the cut and for the digest. Memory: one chunk, and those not yet taken.</remarks>
/// <param name="hasher">The hash of rows.</param>
internal sealed class RowChunker(RowHasher hasher) : IDisposable
{
    // A row of n bytes ends a chunk with probability n / MeanBytesToCut, whatever the size of rows.
    private const ulong CutsPerByte = ulong.MaxValue / ChunkLimits.MeanBytesToCut;

    private const int FirstBufferBytes = 1 << 20;

    private readonly Queue<PlainChunk> ready = new();
    private byte[]? buffer;
    private int length;
    private int rowStart;
    private RowDigest digest;
    private XxHash128? giant;

    private bool IsInRow => giant is not null || length > rowStart;

    /// <summary>Cuts a whole range. Disposes the blocks; the receiver disposes the chunks.</summary>
    internal static async IAsyncEnumerable<PlainChunk> CutAsync(
        IAsyncEnumerable<RowBlock> blocks,
        RowHasher hasher,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var chunker = new RowChunker(hasher);
        await foreach (RowBlock block in blocks.WithCancellation(cancellationToken))
        {
            chunker.Add(block);
            while (chunker.TryTake(out PlainChunk? chunk))
            {
                yield return chunk;
            }
        }

        chunker.Complete();
        while (chunker.TryTake(out PlainChunk? chunk))
        {
            yield return chunk;
        }
    }

    /// <summary>Takes the next block of the range and disposes it.</summary>
    internal void Add(RowBlock block)
    {
        using (block)
        {
            Add(block.Bytes.Span, block.RowEnds.Span);
        }
    }

    internal bool TryTake([NotNullWhen(true)] out PlainChunk? chunk) => ready.TryDequeue(out chunk);

    /// <summary>The range is over; what is left becomes its last chunk.</summary>
    /// <exception cref="InvalidDataException">The last row did not end.</exception>
    internal void Complete()
    {
        if (IsInRow)
        {
            throw new InvalidDataException("The range ended in the middle of a row.");
        }

        if (length > 0)
        {
            Emit(length, continues: false);
        }
    }

    public void Dispose()
    {
        while (ready.TryDequeue(out PlainChunk? chunk))
        {
            chunk.Dispose();
        }

        if (Interlocked.Exchange(ref buffer, null) is { } rented)
        {
            ChunkBuffers.Pool.Return(rented);
        }
    }

    private static bool IsCut(UInt128 rowHash, int rowLength, int chunkLength) =>
        chunkLength >= ChunkLimits.MinRowsBytes
        && (rowLength >= ChunkLimits.MeanBytesToCut || (ulong)rowHash < (ulong)rowLength * CutsPerByte);

    private void Add(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> rowEnds)
    {
        if (bytes.Length > RowBlock.MaxBytes)
        {
            throw new InvalidDataException($"A block of {bytes.Length} bytes is larger than a block may be.");
        }

        int start = 0;
        if (IsInRow && !rowEnds.IsEmpty)
        {
            start = rowEnds[0];
            rowEnds = rowEnds[1..];
            AppendPiece(bytes[..start]);
            EndRow();
        }

        if (!rowEnds.IsEmpty)
        {
            start = AddRows(bytes, start, rowEnds);
        }

        AppendPiece(bytes[start..]);
    }

    /// <summary>
    /// Adds rows that lie whole in the block. Runs of rows are copied at once: it is hashing that costs, not copying.
    /// </summary>
    private int AddRows(ReadOnlySpan<byte> bytes, int start, ReadOnlySpan<int> rowEnds)
    {
        int runStart = start;
        foreach (int end in rowEnds)
        {
            if (end <= start)
            {
                throw new InvalidDataException("A row without a byte cannot be told from no row.");
            }

            if (length + end - runStart > ChunkLimits.MaxBytes)
            {
                Append(bytes[runStart..start]);
                Emit(length, continues: false);
                runStart = start;
            }

            UInt128 hash = hasher.Hash(bytes[start..end]);
            digest = digest.Add(hash);
            if (IsCut(hash, end - start, length + end - runStart))
            {
                Append(bytes[runStart..end]);
                Emit(length, continues: false);
                runStart = end;
            }

            start = end;
        }

        Append(bytes[runStart..start]);
        rowStart = length;
        return start;
    }

    private void AppendPiece(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (length == ChunkLimits.MaxBytes)
            {
                CloseFullChunk();
            }

            int fitting = Math.Min(piece.Length, ChunkLimits.MaxBytes - length);
            Append(piece[..fitting]);
            piece = piece[fitting..];
        }
    }

    /// <summary>
    /// The row goes on and there is no room: close the rows before it, or, if it fills a chunk alone, a part of it.
    /// </summary>
    private void CloseFullChunk()
    {
        if (rowStart == 0)
        {
            giant ??= hasher.Begin();
            giant.Append(buffer.AsSpan(0, length));
            Emit(length, continues: true);
            return;
        }

        // The emitted chunk owns its buffer, and nobody takes it before this returns.
        ReadOnlySpan<byte> begunRow = buffer.AsSpan(rowStart, length - rowStart);
        Emit(rowStart, continues: false);
        Append(begunRow);
    }

    private void EndRow()
    {
        if (giant is not null)
        {
            EndGiantRow(giant);
            return;
        }

        int rowLength = length - rowStart;
        UInt128 hash = hasher.Hash(buffer.AsSpan(rowStart, rowLength));
        digest = digest.Add(hash);
        rowStart = length;
        if (IsCut(hash, rowLength, length))
        {
            Emit(length, continues: false);
        }
    }

    /// <summary>
    /// The last part is a chunk of its own, however small: so nothing elsewhere moves the cuts of a giant row, and a reader knows
    /// where the row ends without holding all of it.
    /// </summary>
    private void EndGiantRow(XxHash128 hash)
    {
        hash.Append(buffer.AsSpan(0, length));
        digest = digest.Add(hash.GetCurrentHashAsUInt128());
        giant = null;
        Emit(length, continues: false);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (buffer is null || buffer.Length < length + bytes.Length)
        {
            Grow(length + bytes.Length);
        }

        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>
    /// Most chunks need a quarter of the largest buffer, and each worker holds several: so buffers begin small.
    /// </summary>
    private void Grow(int needed)
    {
        byte[] larger = ChunkBuffers.Pool.Rent(Math.Max(needed, FirstBufferBytes));
        buffer.AsSpan(0, length).CopyTo(larger);
        if (buffer is not null)
        {
            ChunkBuffers.Pool.Return(buffer);
        }

        buffer = larger;
    }

    private void Emit(int chunkLength, bool continues)
    {
        ready.Enqueue(new PlainChunk(ChunkKind.Rows, buffer!, chunkLength, digest, continues));
        buffer = null;
        length = 0;
        rowStart = 0;
        digest = RowDigest.Empty;
    }
}
