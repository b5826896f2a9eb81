using System.Collections.Concurrent;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Packs;

public sealed class PackWriterTests
{
    private static readonly ChunkKind[] ContentKinds = [ChunkKind.Rows, ChunkKind.Schema, ChunkKind.TableDescription, ChunkKind.Digests];

    private readonly TestRepository repository = new();
    private readonly InMemoryObjectStore store = new();

    [Fact]
    public async Task What_is_written_can_be_read()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);
        TestChunk[] chunks = [.. ContentKinds.Select((kind, i) => TestChunk.Text(repository, i, 1000 + (i * 5000), kind)), TestChunk.Noise(repository, 9, 1), TestChunk.Noise(repository, 10, ChunkLimits.MaxBytes)];

        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, chunks);

        await AssertReadableAsync(owner, pack, chunks);
        Assert.Equal(store.Content(pack.Pack.Name).Length, pack.Pack.Size);
        Assert.Equal(owner.SlotId, pack.Pack.SlotId);
    }

    [Fact]
    public async Task A_pack_of_chunk_lists_opens_with_the_catalog_key_alone()
    {
        TestSlot writer = repository.AddSlot(RepositoryRole.Writer);
        TestSlot keeper = repository.AddSlot(RepositoryRole.Keeper);
        TestChunk list = TestChunk.Text(repository, 1, 4400, ChunkKind.ChunkList);

        PackSummary pack = await TestPacks.WriteOneAsync(writer, repository, store, list);

        Assert.Equal(PackClass.Catalog, pack.Pack.Class);
        await AssertReadableAsync(keeper, pack, [list]);
    }

    [Fact]
    public async Task A_writer_cannot_read_what_it_wrote()
    {
        TestSlot writer = repository.AddSlot(RepositoryRole.Writer);
        PackSummary pack = await TestPacks.WriteOneAsync(writer, repository, store, TestChunk.Text(repository, 1));
        using var reader = new PackReader(store, writer);

        DataResilienceException refused = await Assert.ThrowsAsync<DataResilienceException>(() => reader.ReadAsync(pack.Locations().First(), TestPacks.Token));

        Assert.Equal("RoleRequired", refused.ErrorCode);
        await reader.CheckSealedAsync(pack.Locations().First(), TestPacks.Token);
    }

    [Fact]
    public async Task What_does_not_shrink_is_stored_and_what_does_is_compressed()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);

        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 1, 100_000), TestChunk.Noise(repository, 2, 100_000));

        Assert.Equal([ChunkCodec.Zstandard, ChunkCodec.Stored], pack.Entries.Select(entry => entry.Codec));
        Assert.True(pack.Entries[0].SealedLength < 50_000);
        Assert.Equal(100_016u, pack.Entries[1].SealedLength);
    }

    [Fact]
    public async Task No_plain_bytes_of_a_chunk_are_in_a_pack()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);
        TestChunk noise = TestChunk.Noise(repository, 2, 10_000);

        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, noise);

        Assert.Equal(-1, store.Content(pack.Pack.Name).AsSpan().IndexOf(noise.Plain.AsSpan(0, 16)));
    }

    [Fact]
    public async Task Eight_producers_at_once_lose_nothing_and_keep_the_bound_of_buffers()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);
        var finished = new ConcurrentBag<PackSummary>();
        var added = new ConcurrentBag<TestChunk>();
        using var buffers = new PackBuffers(3);
        await using (PackWriter writer = TestPacks.Writer(owner, repository, store, buffers, finished))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(producer => Task.Run(() => ProduceAsync(writer, producer, added), TestPacks.Token)));
            await writer.FlushAsync(TestPacks.Token);
        }

        Assert.True(finished.Count > 6, $"{finished.Count} packs");
        Assert.InRange(buffers.MostInUse, 1, 3);
        Assert.Equal(0, buffers.InUse);
        Assert.Equal(store.Names.Order(), finished.Select(pack => pack.Pack.Name).Order());
        Assert.Equal(added.Select(chunk => chunk.Id).Order(), finished.SelectMany(pack => pack.Entries).Select(entry => entry.Id).Order());
        await AssertSoundAsync(owner, finished);
    }

    [Fact]
    public async Task A_pack_is_closed_when_it_reaches_16_MiB()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);
        TestChunk[] chunks = [.. Enumerable.Range(0, 9).Select(i => TestChunk.Noise(repository, i, ChunkLimits.MaxBytes))];

        IReadOnlyList<PackSummary> packs = await TestPacks.WriteAsync(owner, repository, store, chunks);

        Assert.Equal([4, 4, 1], packs.OrderByDescending(pack => pack.Entries.Count).Select(pack => pack.Entries.Count));
        Assert.All(packs, pack => Assert.True(pack.Pack.Size <= PackLimits.MaxPackBytes));
    }

    [Fact]
    public async Task A_chunk_that_begins_just_below_16_MiB_still_fits()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);
        int header = new PackHeader(default, default, default, PackClass.Content, 1).EndOfKeys;
        int last = PackLimits.ClosedAtBytes - header - (3 * (ChunkLimits.MaxBytes + SealedChunk.TagBytes)) - SealedChunk.TagBytes - 1;
        TestChunk[] chunks = [.. new[] { ChunkLimits.MaxBytes, ChunkLimits.MaxBytes, ChunkLimits.MaxBytes, last, ChunkLimits.MaxBytes }.Select((length, i) => TestChunk.Noise(repository, i, length))];

        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, chunks);

        Assert.Equal((ulong)PackLimits.ClosedAtBytes - 1, pack.Entries[4].Offset);
        await AssertSoundAsync(owner, [pack]);
    }

    [Fact]
    public async Task A_pack_is_closed_when_it_has_4096_chunks()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);

        IReadOnlyList<PackSummary> packs = await TestPacks.WriteAsync(owner, repository, store, Enumerable.Range(0, 5000).Select(i => TestChunk.Noise(repository, i, 12)));

        Assert.Equal([4096, 904], packs.Select(pack => pack.Entries.Count).OrderDescending());
        await AssertSoundAsync(owner, packs);
    }

    [Fact]
    public async Task Flushing_nothing_writes_nothing()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);

        Assert.Empty(await TestPacks.WriteAsync(owner, repository, store, []));
        Assert.Empty(store.Names);
    }

    [Fact]
    public async Task A_writer_goes_on_after_a_flush()
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);
        var finished = new ConcurrentBag<PackSummary>();
        using var buffers = new PackBuffers(2);
        await using PackWriter writer = TestPacks.Writer(owner, repository, store, buffers, finished);
        for (int i = 0; i < 5; i++)
        {
            TestChunk chunk = TestChunk.Text(repository, i);
            await writer.AddAsync(chunk.Id, chunk.Kind, chunk.Plain, TestPacks.Token);
            await writer.FlushAsync(TestPacks.Token);
        }

        Assert.Equal(5, finished.Count);
        Assert.Equal(0, buffers.InUse);
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(1, 0)]
    [InlineData(1, ChunkLimits.MaxBytes + 1)]
    public async Task What_does_not_belong_into_a_pack_is_refused(byte kind, int length)
    {
        TestSlot owner = repository.AddSlot(RepositoryRole.Owner);
        using var buffers = new PackBuffers(2);
        await using PackWriter writer = TestPacks.Writer(owner, repository, store, buffers, []);

        await Assert.ThrowsAsync<ArgumentException>(() => writer.AddAsync(default, (ChunkKind)kind, new byte[length], TestPacks.Token).AsTask());
    }

    private async Task ProduceAsync(PackWriter writer, int producer, ConcurrentBag<TestChunk> added)
    {
        for (int i = 0; i < 60; i++)
        {
            int seed = (producer * 1000) + i;
            TestChunk chunk = i % 3 == 0 ? TestChunk.Text(repository, seed, 200_000) : TestChunk.Noise(repository, seed, 1 + (seed * 7919 % 700_000));
            StoredChunk stored = await writer.AddAsync(chunk.Id, chunk.Kind, chunk.Plain, TestPacks.Token);
            Assert.Equal(chunk.Id, stored.Id);
            added.Add(chunk);
        }
    }

    private async Task AssertSoundAsync(TestSlot reader, IEnumerable<PackSummary> packs)
    {
        using var buffers = new PackBuffers(2);
        using var check = new PackCheck(store, reader, buffers);
        foreach (PackSummary pack in packs)
        {
            PackCheckResult result = await check.RunAsync(pack.Pack.Id, TestPacks.Token);
            Assert.Empty(result.Faults);
            Assert.True(result.ContentOpened);
            Assert.Equal(pack.Pack, result.File!.Pack);
            Assert.Equal(pack.Entries, result.File.Entries);
            Assert.Equal(pack.Pack.Size, result.BytesRead);
        }
    }

    private async Task AssertReadableAsync(TestSlot slot, PackSummary pack, TestChunk[] chunks)
    {
        using var reader = new PackReader(store, slot);
        Assert.Equal(chunks.Select(chunk => chunk.Id), pack.Entries.Select(entry => entry.Id));
        foreach ((ChunkLocation location, TestChunk chunk) in pack.Locations().Zip(chunks))
        {
            using PlainChunk read = await reader.ReadAsync(location, TestPacks.Token);
            Assert.Equal(chunk.Kind, read.Kind);
            Assert.True(chunk.Plain.AsSpan().SequenceEqual(read.Bytes.Span));
        }
    }
}
