using DataResilience.Engine.Chunking;
using DataResilience.Engine.Index;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Tests.Packs;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Index;

public sealed class IndexFileTests
{
    private readonly TestRepository repository = new();
    private readonly InMemoryObjectStore store = new();
    private readonly TestSlot owner;

    public IndexFileTests() => owner = repository.AddSlot(RepositoryRole.Owner);

    [Fact]
    public async Task What_is_written_comes_back_with_the_catalog_key_alone()
    {
        PackSummary[] packs = [.. SyntheticPacks.Make(repository, owner, packs: 30, chunksInEach: 50)];
        TestSlot keeper = repository.AddSlot(RepositoryRole.Keeper);

        IndexFile written = await Writer(keeper).WriteAsync(packs, TestPacks.Token);
        IndexFile read = await IndexFile.OpenAsync(store, owner, written.Id, null, TestPacks.Token);

        Assert.Equal(packs.Select(pack => pack.Pack), read.Packs);
        Assert.Equal(written.Pages, read.Pages);
        Assert.Equal(keeper.SlotId, read.Signer);
        List<ChunkLocation> entries = await EntriesAsync(read);
        Assert.Equal(packs.SelectMany(pack => pack.Locations()).OrderBy(location => location.Id), entries);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(512, 1)]
    [InlineData(513, 2)]
    [InlineData(1024, 2)]
    public async Task Pages_are_full_but_the_last(int entries, int pages)
    {
        IndexFile file = await Writer(owner).WriteAsync([.. SyntheticPacks.Make(repository, owner, 1, entries)], TestPacks.Token);

        IndexFile read = await IndexFile.OpenAsync(store, owner, file.Id, null, TestPacks.Token);

        Assert.Equal(pages, read.Pages.Count);
        Assert.Equal(entries, (await EntriesAsync(read)).Count);
    }

    [Fact]
    public async Task More_entries_than_an_index_holds_are_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => Writer(owner).WriteAsync([.. SyntheticPacks.Make(repository, owner, 17, 4096)], TestPacks.Token));

    [Fact]
    public async Task The_largest_index_comes_back()
    {
        IndexFile file = await Writer(owner).WriteAsync([.. SyntheticPacks.Make(repository, owner, 65_536, 1)], TestPacks.Token);

        IndexFile read = await IndexFile.OpenAsync(store, owner, file.Id, null, TestPacks.Token);

        Assert.Equal(IndexLimits.MaxPages, read.Pages.Count);
        await read.CheckPagesAsync(TestPacks.Token);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1, Traits = ["Category", "Slow"])]
    public async Task Every_flipped_bit_is_found_and_attributed(int step)
    {
        IndexFile file = await Writer(owner).WriteAsync([.. SyntheticPacks.Make(repository, owner, 2, 3)], TestPacks.Token);
        byte[] content = store.Content(file.Name);
        for (int bit = 0; bit < content.Length * 8; bit += step)
        {
            content[bit / 8] ^= (byte)(1 << (bit % 8));
            ObjectFault fault = await FaultAsync(file, content);
            content[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal((file.Name, ProblemKind.Corrupt), (fault.Object, fault.Kind));
            Assert.True(PartOf(file, content.Length, bit / 8) == fault.Part, $"bit {bit}: {fault}");
        }
    }

    [Fact]
    public async Task A_flipped_byte_is_attributed_to_its_page()
    {
        IndexFile file = await Writer(owner).WriteAsync([.. SyntheticPacks.Make(repository, owner, 1, 1300)], TestPacks.Token);
        byte[] content = store.Content(file.Name);
        for (int place = IndexHeader.Size; place < content.Length; place += 997)
        {
            content[place] ^= 0x40;
            ObjectFault fault = await FaultAsync(file, content);
            content[place] ^= 0x40;

            Assert.Equal(PartOf(file, content.Length, place), fault.Part);
        }
    }

    [Fact]
    public async Task An_index_cut_off_anywhere_is_corrupt()
    {
        IndexFile file = await Writer(owner).WriteAsync([.. SyntheticPacks.Make(repository, owner, 2, 3)], TestPacks.Token);
        byte[] content = store.Content(file.Name);
        for (int length = 0; length < content.Length; length += 5)
        {
            Assert.Equal(ProblemKind.Corrupt, (await FaultAsync(file, content[..length])).Kind);
        }
    }

    [Fact]
    public async Task Swapped_foreign_and_missing_indexes_are_told()
    {
        IndexFile one = await Writer(owner).WriteAsync([.. SyntheticPacks.Make(repository, owner, 1, 3)], TestPacks.Token);
        IndexFile other = await Writer(owner).WriteAsync([.. SyntheticPacks.Make(repository, owner, 1, 3)], TestPacks.Token);
        TestSlot stranger = new TestRepository(seed: 9).AddSlot(RepositoryRole.Owner);

        Assert.Equal(ProblemKind.Mismatch, (await FaultAsync(one, store.Content(other.Name))).Kind);
        Assert.Equal(ProblemKind.Mismatch, (await FaultAsync(one, store.Content(one.Name), stranger)).Kind);
        await store.DeleteAsync(one.Name, TestPacks.Token);
        DataResilienceException missing = await Assert.ThrowsAsync<DataResilienceException>(() => IndexFile.OpenAsync(store, owner, one.Id, null, TestPacks.Token));
        Assert.Equal(ProblemKind.Missing, TestPacks.FaultOf(missing).Kind);
    }

    private static string PartOf(IndexFile file, int size, int place)
    {
        int page = file.Pages.Index().FirstOrDefault(page => place >= page.Item.Offset && place < page.Item.Offset + page.Item.Length, (-1, default)).Index;
        return place switch
        {
            _ when place < IndexHeader.Size => ObjectFault.Header,
            _ when page >= 0 => ObjectFault.Page(page),
            _ when place < size - SignedTrailer.Size => ObjectFault.Directory,
            _ => ObjectFault.Trailer,
        };
    }

    private static async Task<List<ChunkLocation>> EntriesAsync(IndexFile file)
    {
        var entries = new List<ChunkLocation>();
        for (int i = 0; i < file.Pages.Count; i++)
        {
            IndexPageContent page = await file.ReadPageAsync(i, TestPacks.Token);
            entries.AddRange(Enumerable.Range(0, page.Count).Select(number => new ChunkLocation(file.Packs[page[number].PackNumber], page[number].Entry)));
        }

        return entries;
    }

    private async Task<ObjectFault> FaultAsync(IndexFile file, byte[] content, TestSlot? slot = null)
    {
        InMemoryObjectStore damaged = TestPacks.StoreOf(file.Name, content);
        return TestPacks.FaultOf(await Assert.ThrowsAsync<DataResilienceException>(async () =>
        {
            IndexFile opened = await IndexFile.OpenAsync(damaged, slot ?? owner, file.Id, null, TestPacks.Token);
            await opened.CheckPagesAsync(TestPacks.Token);
        }));
    }

    private IndexWriter Writer(TestSlot slot) => new(store, slot, repository.Random);
}
