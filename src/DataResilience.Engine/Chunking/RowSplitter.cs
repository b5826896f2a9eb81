using System.IO.Hashing;
using DataResilience.Providers;

namespace DataResilience.Engine.Chunking;

/// <summary>
/// Takes the chunks of a table apart into rows again, in their order: for restore, and for the digests of verification.
/// </summary>
/// <param name="format">How rows are told apart.</param>
/// <param name="hasher">The hash of rows.</param>
internal sealed class RowSplitter(IRowFormat format, RowHasher hasher)
{
    private XxHash128? giant;

    /// <summary>The digest of the chunk that was split or measured last; zero for a part of a row that goes on.</summary>
    internal RowDigest Digest { get; private set; }

    /// <summary>Gives the rows of the next chunk as blocks. The digest stands when the last block has been taken.</summary>
    /// <param name="plain">The plain bytes of the chunk.</param>
    /// <param name="continues">Whether the chunk list says that its row goes on in the next chunk.</param>
    /// <exception cref="InvalidDataException">The chunk does not hold whole rows.</exception>
    internal IEnumerable<RowBlock> Split(ReadOnlyMemory<byte> plain, bool continues) =>
        continues || giant is not null ? SplitPart(plain, continues) : SplitRows(plain);

    /// <summary>Computes the digest of the next chunk alone.</summary>
    /// <param name="plain">The plain bytes of the chunk.</param>
    /// <param name="continues">Whether the chunk list says that its row goes on in the next chunk.</param>
    /// <exception cref="InvalidDataException">The chunk does not hold whole rows.</exception>
    internal RowDigest Measure(ReadOnlySpan<byte> plain, bool continues)
    {
        if (continues || giant is not null)
        {
            AddPart(plain, continues);
            return Digest;
        }

        RowDigest digest = RowDigest.Empty;
        while (!plain.IsEmpty)
        {
            int rowLength = RowLength(plain);
            digest = digest.Add(hasher.Hash(plain[..rowLength]));
            plain = plain[rowLength..];
        }

        return Digest = digest;
    }

    /// <summary>There are no more chunks.</summary>
    /// <exception cref="InvalidDataException">The last row did not end.</exception>
    internal void Complete()
    {
        if (giant is not null)
        {
            throw new InvalidDataException("The last chunk ended in the middle of a row.");
        }
    }

    private IEnumerable<RowBlock> SplitRows(ReadOnlyMemory<byte> plain)
    {
        RowDigest digest = RowDigest.Empty;
        using var block = new RowBlockFiller();
        for (int start = 0; start < plain.Length;)
        {
            ReadOnlyMemory<byte> row = plain.Slice(start, RowLength(plain.Span[start..]));
            digest = digest.Add(hasher.Hash(row.Span));
            if (!block.Fits(row.Length) && block.TryTake(out RowBlock? full))
            {
                yield return full;
            }

            foreach (RowBlock part in block.AddAllButLastPart(row))
            {
                yield return part;
            }

            start += row.Length;
        }

        Digest = digest;
        if (block.TryTake(out RowBlock? last))
        {
            yield return last;
        }
    }

    private IEnumerable<RowBlock> SplitPart(ReadOnlyMemory<byte> plain, bool continues)
    {
        AddPart(plain.Span, continues);
        using var block = new RowBlockFiller();
        foreach (RowBlock part in block.AddAllButLastPart(plain, endsRow: !continues))
        {
            yield return part;
        }

        if (block.TryTake(out RowBlock? last))
        {
            yield return last;
        }
    }

    private void AddPart(ReadOnlySpan<byte> plain, bool continues)
    {
        giant ??= hasher.Begin();
        giant.Append(plain);
        Digest = continues ? RowDigest.Empty : RowDigest.Empty.Add(giant.GetCurrentHashAsUInt128());
        giant = continues ? giant : null;
    }

    private int RowLength(ReadOnlySpan<byte> rows)
    {
        int rowLength = format.FindRowEnd(rows);
        return rowLength > 0 && rowLength <= rows.Length
            ? rowLength
            : throw new InvalidDataException("A chunk of rows ends in the middle of a row.");
    }
}
