using System.Buffers;
using System.Runtime.InteropServices;
using DataResilience.Engine.Chunking;
using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Chunking;

/// <summary>Rows that end with a line feed, one after the other.</summary>
internal sealed record TestRows(byte[] Bytes, int[] Ends)
{
    private const byte EndMark = (byte)'\n';

    public int Count => Ends.Length;

    public static byte[] Secret { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static RowHasher Hasher { get; } = new(Secret);

    public static TestRows Random(int seed, int totalBytes, int shortest, int longest)
    {
        var random = new Random(seed);
        byte[] bytes = new byte[totalBytes];
        Fill(bytes, (uint)seed);
        bytes.AsSpan().Replace(EndMark, (byte)' ');
        var ends = new List<int>();
        for (int end = random.Next(shortest, longest + 1); end < totalBytes; end += random.Next(shortest, longest + 1))
        {
            ends.Add(end);
            bytes[end - 1] = EndMark;
        }

        if (totalBytes > 0)
        {
            ends.Add(totalBytes);
            bytes[^1] = EndMark;
        }

        return new TestRows(bytes, [.. ends]);
    }

    public static TestRows Of(params IEnumerable<byte[]> rows)
    {
        byte[][] all = [.. rows];
        int end = 0;
        return new TestRows([.. all.SelectMany(row => row)], [.. all.Select(row => end += row.Length)]);
    }

    /// <summary>A row of random bytes.</summary>
    public static byte[] Row(int seed, int length) => Random(seed, length, length, length).Bytes;

    public ReadOnlySpan<byte> Row(int number) => Bytes.AsSpan((number == 0 ? 0 : Ends[number - 1])..Ends[number]);

    public TestRows Insert(int number, byte[] row)
    {
        int at = number == 0 ? 0 : Ends[number - 1];
        int[] ends = [.. Ends[..number], at + row.Length, .. Ends[number..].Select(end => end + row.Length)];
        return new TestRows([.. Bytes[..at], .. row, .. Bytes[at..]], ends);
    }

    public RowDigest Digest()
    {
        RowDigest digest = RowDigest.Empty;
        for (int i = 0; i < Count; i++)
        {
            digest += Hasher.Digest(Row(i));
        }

        return digest;
    }

    /// <summary>The rows in blocks that end anywhere, as a seed says.</summary>
    public IEnumerable<RowBlock> Blocks(int seed, int largest = RowBlock.MaxBytes)
    {
        var random = new Random(seed);
        int row = 0;
        for (int start = 0; start < Bytes.Length;)
        {
            int end = Math.Min(Bytes.Length, start + random.Next(1, largest + 1));
            int firstRow = row;
            while (row < Count && Ends[row] <= end)
            {
                row++;
            }

            yield return Block(start, end, Ends[firstRow..row]);
            start = end;
        }
    }

    /// <summary>Compares bytes as spans: element by element takes minutes for megabytes.</summary>
    public void AssertSameBytes(IEnumerable<byte[]> pieces)
    {
        using var whole = new MemoryStream();
        foreach (byte[] piece in pieces)
        {
            whole.Write(piece);
        }

        Assert.True(Bytes.AsSpan().SequenceEqual(whole.ToArray()));
    }

    /// <summary>Cuts them and gives the chunks, copied, with the buffers given back.</summary>
    public List<CutChunk> Cut(int blockSeed = 1, int largestBlock = RowBlock.MaxBytes)
    {
        using var chunker = new RowChunker(Hasher);
        var chunks = new List<CutChunk>();
        foreach (RowBlock block in Blocks(blockSeed, largestBlock))
        {
            chunker.Add(block);
            CutChunk.TakeAll(chunker, chunks);
        }

        chunker.Complete();
        CutChunk.TakeAll(chunker, chunks);
        return chunks;
    }

    /// <summary>SplitMix64: a seeded <see cref="System.Random"/> takes ten times as long, and tests ask for a gigabyte.</summary>
    private static void Fill(Span<byte> bytes, ulong state)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Next(ref state);
        }

        Span<byte> last = stackalloc byte[sizeof(ulong)];
        MemoryMarshal.Write(last, Next(ref state));
        Span<byte> rest = bytes[(words.Length * sizeof(ulong))..];
        last[..rest.Length].CopyTo(rest);
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private RowBlock Block(int start, int end, int[] rowEnds)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(end - start);
        Bytes.AsSpan(start..end).CopyTo(buffer);
        int[] ends = ArrayPool<int>.Shared.Rent(rowEnds.Length);
        for (int i = 0; i < rowEnds.Length; i++)
        {
            ends[i] = rowEnds[i] - start;
        }

        return new RowBlock(buffer, end - start, ends, rowEnds.Length);
    }
}
