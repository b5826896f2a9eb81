using DataResilience.Engine.Chunking;
using DataResilience.Engine.Index;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Packs;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Index;

public sealed class IndexRebuilderTests
{
    private readonly TestRepository repository = new();
    private readonly InMemoryObjectStore store = new();
    private readonly TestSlot owner;

    public IndexRebuilderTests() => owner = repository.AddSlot(RepositoryRole.Owner);

    [Fact]
    public async Task A_lost_index_is_made_again_with_the_catalog_key_alone()
    {
        TestChunk[] chunks = [.. Enumerable.Range(0, 20).Select(i => TestChunk.Text(repository, i))];
        TestChunk list = TestChunk.Text(repository, 99, 440, ChunkKind.ChunkList);
        foreach (TestChunk[] group in chunks.Chunk(7).Append([list]))
        {
            await TestPacks.WriteOneAsync(owner, repository, store, group);
        }

        TestSlot keeper = repository.AddSlot(RepositoryRole.Keeper);
        IndexRebuildResult result = await new IndexRebuilder(store, keeper, repository.Random).RunAsync(new HashSet<ObjectId>(), TestPacks.Token);

        Assert.Equal((4, 21L, 1), (result.Packs, result.Entries, result.Indexes.Count));
        Assert.Empty(result.Faults);
        await AssertAllFoundAsync([.. chunks, list], result);
    }

    [Fact]
    public async Task Damaged_packs_are_named_and_listed_ones_left_out()
    {
        PackSummary damaged = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 1));
        PackSummary listed = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 2));
        TestChunk chunk = TestChunk.Text(repository, 3);
        PackSummary sound = await TestPacks.WriteOneAsync(owner, repository, store, chunk);
        store.FlipBit(damaged.Pack.Name, (damaged.Pack.Size * 8) - 1);

        IndexRebuildResult result = await new IndexRebuilder(store, owner, repository.Random).RunAsync(new HashSet<ObjectId> { listed.Pack.Id }, TestPacks.Token);

        Assert.Equal(damaged.Pack.Name, Assert.Single(result.Faults).Object);
        IndexFile file = await IndexFile.OpenAsync(store, owner, Assert.Single(result.Indexes), null, TestPacks.Token);
        Assert.Equal(sound.Pack, Assert.Single(file.Packs));
    }

    [Fact]
    public async Task Nothing_to_index_writes_nothing()
    {
        IndexRebuildResult result = await new IndexRebuilder(store, owner, repository.Random).RunAsync(new HashSet<ObjectId>(), TestPacks.Token);

        Assert.Empty(result.Indexes);
        Assert.Empty(store.Names);
    }

    private async Task AssertAllFoundAsync(TestChunk[] chunks, IndexRebuildResult result)
    {
        using var index = new ChunkIndex(store, owner, writer: null, _ => true);
        await index.LoadAsync(TestPacks.Token);
        Assert.Equal(result.Indexes, index.Files.Select(file => file.Id));
        Assert.Empty(index.Unlisted);
        using var reader = new PackReader(store, owner);
        foreach (TestChunk chunk in chunks)
        {
            using PlainChunk read = await new ChunkReader(store, index, reader).ReadAsync(chunk.Id, TestPacks.Token);
            Assert.True(chunk.Plain.AsSpan().SequenceEqual(read.Bytes.Span));
        }
    }
}
