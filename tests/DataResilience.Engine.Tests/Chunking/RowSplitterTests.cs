using DataResilience.Engine.Chunking;
using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Chunking;

public sealed class RowSplitterTests
{
    private const int MiB = 1 << 20;

    [Fact]
    public void Splitting_gives_the_rows_back_and_the_digest_of_every_chunk() => Properties.HoldForSeeds(20, seed =>
    {
        TestRows rows = Mixed(seed);
        var splitter = new RowSplitter(new LineFormat(), TestRows.Hasher);
        var bytes = new List<byte[]>();
        int length = 0;
        var ends = new List<int>();
        foreach (CutChunk chunk in rows.Cut(seed))
        {
            foreach (RowBlock block in splitter.Split(chunk.Bytes, chunk.Continues))
            {
                Assert.InRange(block.Bytes.Length, 1, RowBlock.MaxBytes);
                int before = length;
                ends.AddRange(block.RowEnds.ToArray().Select(end => before + end));
                bytes.Add(block.Bytes.ToArray());
                length += block.Bytes.Length;
                block.Dispose();
            }

            Assert.Equal(chunk.Digest, splitter.Digest);
        }

        splitter.Complete();
        rows.AssertSameBytes(bytes);
        Assert.True(rows.Ends.AsSpan().SequenceEqual(ends.ToArray()));
    });

    [Fact]
    public void Measuring_gives_the_same_digests() => Properties.HoldForSeeds(10, seed =>
    {
        var splitter = new RowSplitter(new LineFormat(), TestRows.Hasher);

        Assert.All(Mixed(seed).Cut(seed), chunk => Assert.Equal(chunk.Digest, splitter.Measure(chunk.Bytes, chunk.Continues)));
    });

    [Fact]
    public void A_block_ends_with_a_row_unless_the_row_is_larger_than_a_block()
    {
        TestRows rows = TestRows.Random(1, 4 * MiB, 1, 5000);
        var splitter = new RowSplitter(new LineFormat(), TestRows.Hasher);

        foreach (RowBlock block in splitter.Split(rows.Bytes, continues: false))
        {
            Assert.Equal(block.Bytes.Length, block.RowEnds.Span[^1]);
            block.Dispose();
        }
    }

    [Fact]
    public void Many_tiny_rows_fill_a_block()
    {
        TestRows rows = TestRows.Random(1, MiB, 1, 1);
        var splitter = new RowSplitter(new LineFormat(), TestRows.Hasher);

        RowBlock block = Assert.Single(splitter.Split(rows.Bytes, continues: false));

        Assert.Equal(MiB, block.Rows);
        block.Dispose();
    }

    [Fact]
    public void A_chunk_that_does_not_hold_whole_rows_is_refused()
    {
        var splitter = new RowSplitter(new LineFormat(), TestRows.Hasher);

        Assert.Throws<InvalidDataException>(() => splitter.Measure("row\nhalf"u8, continues: false));
        Assert.Throws<InvalidDataException>(() => splitter.Split("row\nhalf"u8.ToArray(), continues: false).ToList());
    }

    [Fact]
    public void Chunks_that_end_within_a_giant_row_are_refused()
    {
        var splitter = new RowSplitter(new LineFormat(), TestRows.Hasher);
        splitter.Measure("part"u8, continues: true);

        Assert.Throws<InvalidDataException>(splitter.Complete);
    }

    private static TestRows Mixed(int seed)
    {
        var random = new Random(seed);
        TestRows rows = TestRows.Random(seed, random.Next(1, 3 * MiB), 1, 1 << random.Next(5, 16));
        foreach (int length in new[] { 2 * MiB, (5 * MiB) + random.Next(MiB), 9 * MiB })
        {
            rows = rows.Insert(random.Next(rows.Count), TestRows.Row(seed + length, length));
        }

        return rows;
    }
}
