using System.IO.Hashing;
using DataResilience.Providers;

namespace DataResilience.Engine.Chunking;

/// <summary>Computes the digest of rows as they come in blocks; a row larger than a block goes on in the next.</summary>
internal sealed class RowDigester(RowHasher hasher)
{
    private XxHash128? begun;

    internal RowDigest Digest { get; private set; }

    internal void Add(RowBlock block)
    {
        ReadOnlySpan<byte> bytes = block.Bytes.Span;
        int start = 0;
        foreach (int end in block.RowEnds.Span)
        {
            Digest = Digest.Add(End(bytes[start..end]));
            start = end;
        }

        if (start < bytes.Length)
        {
            begun ??= hasher.Begin();
            begun.Append(bytes[start..]);
        }
    }

    private UInt128 End(ReadOnlySpan<byte> row)
    {
        if (begun is null)
        {
            return hasher.Hash(row);
        }

        begun.Append(row);
        UInt128 hash = begun.GetCurrentHashAsUInt128();
        begun = null;
        return hash;
    }
}
