using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Testing.ObjectStores;
using ZstdSharp;

namespace DataResilience.Engine.Tests.Packs;

public sealed class PackReaderTests
{
    private readonly TestRepository repository = new();
    private readonly InMemoryObjectStore store = new();
    private readonly TestSlot owner;

    public PackReaderTests() => owner = repository.AddSlot(RepositoryRole.Owner);

    [Fact]
    public async Task A_damaged_chunk_costs_no_other_chunk_of_its_pack()
    {
        TestChunk[] chunks = [.. Enumerable.Range(0, 5).Select(i => TestChunk.Text(repository, i))];
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, chunks);
        store.FlipBit(pack.Pack.Name, ((long)pack.Entries[2].Offset * 8) + 5);
        using var reader = new PackReader(store, owner);

        foreach (ChunkLocation location in pack.Locations().Where(location => location.Id != chunks[2].Id))
        {
            (await reader.ReadAsync(location, TestPacks.Token)).Dispose();
        }

        ObjectFault fault = await FaultAsync(reader.ReadAsync(pack.Locations().ElementAt(2), TestPacks.Token));
        Assert.Equal(new ObjectFault(pack.Pack.Name, ProblemKind.Corrupt, ObjectFault.Chunk(chunks[2].Id), fault.Detail), fault);
    }

    [Theory]
    [InlineData(10)] // in the header
    [InlineData(-1)] // in the trailer
    public async Task Damage_beside_the_chunks_costs_no_chunk(int place)
    {
        TestChunk chunk = TestChunk.Text(repository, 1);
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, chunk);
        byte[] content = store.Content(pack.Pack.Name);
        content[place < 0 ? content.Length + place : place] ^= 1;
        store.Overwrite(pack.Pack.Name, content);
        using var reader = new PackReader(store, owner);

        using PlainChunk read = await reader.ReadAsync(pack.Locations().First(), TestPacks.Token);

        Assert.True(chunk.Plain.AsSpan().SequenceEqual(read.Bytes.Span));
    }

    [Fact]
    public async Task A_damaged_content_key_is_named()
    {
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 1));
        store.FlipBit(pack.Pack.Name, (PackHeader.Size + 100) * 8);
        using var reader = new PackReader(store, owner);

        ObjectFault fault = await FaultAsync(reader.ReadAsync(pack.Locations().First(), TestPacks.Token));

        Assert.Equal((ProblemKind.Corrupt, ObjectFault.ContentKeys), (fault.Kind, fault.Part));
    }

    [Fact]
    public async Task A_missing_pack_and_a_truncated_one_are_told_apart()
    {
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 1));
        byte[] content = store.Content(pack.Pack.Name);
        using var reader = new PackReader(store, owner);

        store.Overwrite(pack.Pack.Name, content[..((int)pack.Entries[0].Offset + 3)]);
        ObjectFault truncated = await FaultAsync(reader.CheckSealedAsync(pack.Locations().First(), TestPacks.Token));
        await store.DeleteAsync(pack.Pack.Name, TestPacks.Token);
        ObjectFault missing = await FaultAsync(reader.CheckSealedAsync(pack.Locations().First(), TestPacks.Token));

        Assert.Equal((ProblemKind.Corrupt, ProblemKind.Missing), (truncated.Kind, missing.Kind));
    }

    [Fact]
    public async Task Chunks_of_two_packs_that_were_swapped_are_found()
    {
        PackSummary one = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 1));
        PackSummary other = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 2));
        byte[] content = store.Content(one.Pack.Name);
        store.Overwrite(one.Pack.Name, store.Content(other.Pack.Name));
        store.Overwrite(other.Pack.Name, content);
        using var reader = new PackReader(store, owner);

        await FaultAsync(reader.ReadAsync(one.Locations().First(), TestPacks.Token));
        await FaultAsync(reader.ReadAsync(other.Locations().First(), TestPacks.Token));
    }

    [Theory]
    [InlineData(1_000)] // more comes out than is stated
    [InlineData(ChunkLimits.MaxBytes)] // less comes out than is stated
    public async Task A_lying_plain_length_is_found_without_producing_more_than_it_states(int stated)
    {
        byte[] plain = new byte[2 << 20];
        using var compressor = new Compressor(1);
        var claimed = new PackEntry(TestChunk.Of(repository, ChunkKind.Rows, plain).Id, ChunkKind.Rows, ChunkCodec.Zstandard, 0, 0, 0, 0, (uint)stated, default);
        PackSummary bomb = ForgedPack.WithChunk(store, repository, owner, claimed, compressor.Wrap(plain).ToArray());

        ObjectFault fault = await ReadFaultAsync(bomb);

        Assert.Equal((ProblemKind.Mismatch, ObjectFault.Chunk(claimed.Id)), (fault.Kind, fault.Part));
    }

    [Fact]
    public async Task Garbage_where_zstd_should_be_is_found()
    {
        var claimed = new PackEntry(default, ChunkKind.Rows, ChunkCodec.Zstandard, 0, 0, 0, 0, 10_000, default);
        PackSummary garbage = ForgedPack.WithChunk(store, repository, owner, claimed, new byte[500]);

        Assert.Equal(ProblemKind.Mismatch, (await ReadFaultAsync(garbage)).Kind);
    }

    [Fact]
    public async Task Garbage_under_the_id_of_a_chunk_is_found()
    {
        TestChunk wanted = TestChunk.Text(repository, 1, 500);
        var claimed = new PackEntry(wanted.Id, ChunkKind.Rows, ChunkCodec.Stored, 0, 0, 0, 0, 500, default);
        PackSummary garbage = ForgedPack.WithChunk(store, repository, owner, claimed, new byte[500]);

        ObjectFault fault = await ReadFaultAsync(garbage);

        Assert.Equal(ProblemKind.Mismatch, fault.Kind);
        using var buffers = new PackBuffers(2);
        using var check = new PackCheck(store, owner, buffers);
        Assert.Equal(fault, Assert.Single((await check.RunAsync(garbage.Pack.Id, TestPacks.Token)).Faults));
    }

    [Fact]
    public async Task A_place_that_no_chunk_can_have_is_refused_before_anything_is_allocated()
    {
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 1));
        using var reader = new PackReader(store, owner);
        var impossible = new ChunkLocation(pack.Pack, pack.Entries[0] with { SealedLength = uint.MaxValue, PlainLength = uint.MaxValue });

        Assert.Equal(ProblemKind.Mismatch, (await FaultAsync(reader.ReadAsync(impossible, TestPacks.Token))).Kind);
    }

    [Fact]
    public async Task Other_additional_data_does_not_open()
    {
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Noise(repository, 1, 100));
        using var reader = new PackReader(store, owner);
        PackEntry entry = pack.Entries[0];

        foreach (PackEntry other in new[] { entry with { Nonce = 1 }, entry with { Kind = ChunkKind.Schema }, entry with { Id = default } })
        {
            Assert.Equal(ProblemKind.Mismatch, (await FaultAsync(reader.ReadAsync(new ChunkLocation(pack.Pack, other), TestPacks.Token))).Kind);
        }
    }

    private async Task<ObjectFault> ReadFaultAsync(PackSummary pack)
    {
        PackFile file = await PackFile.OpenAsync(store, owner, pack.Pack.Id, null, TestPacks.Token);
        using var reader = new PackReader(store, owner);
        return await FaultAsync(reader.ReadAsync(new ChunkLocation(file.Pack, file.Entries[0]), TestPacks.Token));
    }

    private static async Task<ObjectFault> FaultAsync(Task task) =>
        TestPacks.FaultOf(await Assert.ThrowsAsync<DataResilienceException>(() => task));
}
