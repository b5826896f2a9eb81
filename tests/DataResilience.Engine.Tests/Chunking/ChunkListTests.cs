using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Tests.Chunking;

public sealed class ChunkListTests
{
    [Fact]
    public void Entries_and_digests_come_back_and_are_split_at_16384()
    {
        (ChunkListEntry Entry, ChunkDigest Digest)[] table = [.. Enumerable.Range(0, 40_000).Select(Chunk)];
        var entries = new List<ChunkListEntry>();
        var digests = new List<ChunkDigest>();
        var counts = new List<int>();
        using var builder = new ChunkListBuilder();
        foreach ((ChunkListEntry entry, ChunkDigest digest) in table)
        {
            Read(builder.Add(entry, digest));
        }

        Read(builder.Complete());

        Assert.Equal([16_384, 16_384, 40_000 - 32_768], counts);
        Assert.Equal(table.Select(chunk => chunk.Entry), entries);
        Assert.Equal(table.Select(chunk => chunk.Digest), digests);
        Assert.Null(builder.Complete());

        void Read((PlainChunk List, PlainChunk Digests)? made)
        {
            if (made is var (list, sums))
            {
                Assert.Equal((ChunkKind.ChunkList, ChunkKind.Digests), (list.Kind, sums.Kind));
                ChunkListEntry[] read = ChunkList.ReadEntries(list.Bytes.Span);
                counts.Add(read.Length);
                entries.AddRange(read);
                digests.AddRange(ChunkList.ReadDigests(sums.Bytes.Span));
                list.Dispose();
                sums.Dispose();
            }
        }
    }

    [Fact]
    public void An_entry_is_laid_out_as_the_format_says()
    {
        var id = ChunkId.Read([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        byte[] bytes = new byte[ChunkListEntry.Size];

        new ChunkListEntry(id, Rows: 0, PlainBytes: 0x01020304, Continues: true).Write(bytes);

        Assert.Equal([.. Enumerable.Range(0, 32).Select(i => (byte)i), 0, 0, 0, 0, 4, 3, 2, 1, 1, 0, 0, 0], bytes);
    }

    [Theory]
    [InlineData(43, "length")]
    [InlineData(44 * 16_385, "number")]
    public void What_is_no_list_is_refused(int bytes, string why) =>
        Assert.True(Assert.Throws<InvalidDataException>(() => ChunkList.ReadEntries(new byte[bytes])).Message.Length > 0, why);

    [Theory]
    [InlineData(1, 0, 0)] // no plain bytes
    [InlineData(1, (4 << 20) + 1, 0)] // too many
    [InlineData(5, 4, 0)] // more rows than bytes
    [InlineData(1, 100, 2)] // an unknown flag
    [InlineData(1, 100, 1)] // a part that ends a row
    public void An_impossible_entry_is_refused(int rows, int plainBytes, int flags)
    {
        byte[] bytes = new byte[ChunkListEntry.Size];
        BitConverter.TryWriteBytes(bytes.AsSpan(32), rows);
        BitConverter.TryWriteBytes(bytes.AsSpan(36), plainBytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(40), flags);

        Assert.Throws<InvalidDataException>(() => ChunkList.ReadEntries(bytes));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4 << 20, 1)]
    [InlineData((4 << 20) + 1, 2)]
    [InlineData(10 << 20, 3)]
    public void A_document_is_cut_into_chunks_of_at_most_4_MiB(int length, int chunks)
    {
        byte[] document = TestRows.Row(1, length);

        List<PlainChunk> cut = [.. DocumentChunker.Cut(document, ChunkKind.Schema)];

        Assert.Equal(chunks, cut.Count);
        new TestRows(document, []).AssertSameBytes(cut.Select(chunk => chunk.Bytes.ToArray()));
        Assert.All(cut, chunk => Assert.Equal(ChunkKind.Schema, chunk.Kind));
        cut.ForEach(chunk => chunk.Dispose());
    }

    [Fact]
    public void A_chunk_id_is_half_of_the_HMAC_over_kind_and_bytes()
    {
        byte[] expected = System.Security.Cryptography.HMACSHA512.HashData(TestRows.Secret, (byte[])[1, .. "row\n"u8]);

        ChunkId id = new ChunkIdentity(TestRows.Secret).Of(ChunkKind.Rows, "row\n"u8);

        Assert.Equal(Convert.ToHexStringLower(expected.AsSpan(0, 32)), id.ToString());
        Assert.NotEqual(id, new ChunkIdentity(TestRows.Secret).Of(ChunkKind.Schema, "row\n"u8));
    }

    private static (ChunkListEntry Entry, ChunkDigest Digest) Chunk(int number)
    {
        var random = new Random(number);
        byte[] id = new byte[32];
        random.NextBytes(id);
        bool continues = number % 7 == 0;
        var entry = new ChunkListEntry(ChunkId.Read(id), continues ? 0 : (uint)random.Next(1, 100), (uint)random.Next(100, 4 << 20), continues);
        return (entry, new ChunkDigest((ulong)random.NextInt64(), (ulong)random.NextInt64()));
    }
}
