using DataResilience.Engine.Chunking;
using DataResilience.Engine.Index;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Packs;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Index;

public sealed class ChunkIndexTests
{
    private readonly TestRepository repository = new();
    private readonly InMemoryObjectStore store = new();
    private readonly TestSlot owner;

    public ChunkIndexTests() => owner = repository.AddSlot(RepositoryRole.Owner);

    [Fact]
    public async Task Two_hundred_thousand_entries_are_found_with_a_small_cache()
    {
        const int CacheBytes = 1 << 20;
        PackSummary[] packs = [.. SyntheticPacks.Make(repository, owner, packs: 50, chunksInEach: 4000)];
        using ChunkIndex index = Index(owner, Writer(owner), cacheBytes: CacheBytes);
        foreach (PackSummary pack in packs)
        {
            await index.AddPackAsync(pack, TestPacks.Token);
        }

        await index.FlushAsync(TestPacks.Token);
        using ChunkIndex loaded = Index(owner, writer: null, cacheBytes: CacheBytes);
        await loaded.LoadAsync(TestPacks.Token);

        Assert.Equal(4, loaded.Files.Count);
        foreach (ChunkLocation location in packs.SelectMany(pack => pack.Locations()).Where((_, i) => i % 401 == 0))
        {
            Assert.Equal(location, Assert.Single(await loaded.FindAsync(location.Id, TestPacks.Token)));
            Assert.InRange(loaded.CachedBytes, 1, CacheBytes);
        }

        foreach (ChunkId absent in SyntheticPacks.Make(repository, owner, 1, 200).Single().Entries.Select(entry => entry.Id))
        {
            Assert.Empty(await loaded.FindAsync(absent, TestPacks.Token));
        }
    }

    [Fact]
    public async Task An_index_object_is_written_before_65536_entries_are_exceeded()
    {
        using ChunkIndex index = Index(owner, Writer(owner));
        foreach (PackSummary pack in SyntheticPacks.Make(repository, owner, packs: 16, chunksInEach: 4096))
        {
            Assert.Empty(index.Files);
            await index.AddPackAsync(pack, TestPacks.Token);
        }

        Assert.Equal(16, Assert.Single(index.Files).Packs.Count);
        Assert.Empty(index.Unlisted);
        await index.FlushAsync(TestPacks.Token);
        Assert.Single(index.Files);
    }

    [Fact]
    public async Task A_chunk_is_claimed_by_one_thread_only_and_known_once_its_pack_is_durable()
    {
        PackSummary pack = SyntheticPacks.Make(repository, owner, 1, 1).Single();
        ChunkId id = pack.Entries[0].Id;
        using ChunkIndex index = Index(owner, Writer(owner));

        ChunkClaim[] claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => index.ClaimAsync(id, TestPacks.Token).AsTask(), TestPacks.Token)));
        Assert.Equal(1, claims.Count(claim => claim.IsNew));
        Assert.All(claims, claim => Assert.Null(claim.Existing));

        await index.AddPackAsync(pack, TestPacks.Token);
        Assert.Equal(new ChunkClaim(false, pack.Locations().Single()), await index.ClaimAsync(id, TestPacks.Token));
        await index.FlushAsync(TestPacks.Token);
        Assert.Equal(new ChunkClaim(false, pack.Locations().Single()), await index.ClaimAsync(id, TestPacks.Token));
    }

    [Fact]
    public async Task One_chunk_in_several_packs_is_found_in_all_of_them_also_over_pages()
    {
        PackSummary[] packs = [.. SyntheticPacks.Make(repository, owner, packs: 1200, chunksInEach: 1)];
        ChunkId id = packs[0].Entries[0].Id;
        PackSummary[] same = [.. packs.Select(pack => new PackSummary(pack.Pack, [pack.Entries[0] with { Id = id }]))];
        PackSummary[] others = [.. SyntheticPacks.Make(repository, owner, packs: 1, chunksInEach: 1000)];
        await Writer(owner).WriteAsync([.. same[..600], .. others], TestPacks.Token);
        await Writer(owner).WriteAsync(same[600..1100], TestPacks.Token);
        using ChunkIndex index = Index(owner, Writer(owner));
        await index.LoadAsync(TestPacks.Token);
        foreach (PackSummary pack in same[1100..])
        {
            await index.AddPackAsync(pack, TestPacks.Token);
        }

        IReadOnlyList<ChunkLocation> found = await index.FindAsync(id, TestPacks.Token);

        Assert.Equal(same.Select(pack => pack.Pack.Id).ToHashSet(), found.Select(location => location.Pack.Id).ToHashSet());
        Assert.All(others[0].Locations(), location => Assert.Equal(location.Id, location.Entry.Id));
        foreach (ChunkLocation other in others[0].Locations())
        {
            Assert.Equal(other, Assert.Single(await index.FindAsync(other.Id, TestPacks.Token)));
        }
    }

    [Fact]
    public async Task Packs_that_no_index_lists_are_read_and_those_of_the_own_slot_indexed()
    {
        TestSlot other = repository.AddSlot(RepositoryRole.Writer);
        TestChunk mine = TestChunk.Text(repository, 1);
        TestChunk theirs = TestChunk.Text(repository, 2);
        PackSummary own = await TestPacks.WriteOneAsync(owner, repository, store, mine);
        PackSummary foreign = await TestPacks.WriteOneAsync(other, repository, store, theirs);
        using ChunkIndex index = Index(owner, Writer(owner));

        await index.LoadAsync(TestPacks.Token);
        Assert.Equal(own.Pack, Assert.Single(await index.FindAsync(mine.Id, TestPacks.Token)).Pack);
        Assert.Equal(foreign.Pack, Assert.Single(await index.FindAsync(theirs.Id, TestPacks.Token)).Pack);
        await index.FlushAsync(TestPacks.Token);

        Assert.Equal(own.Pack, Assert.Single(Assert.Single(index.Files).Packs));
        Assert.Empty(index.Findings);
    }

    [Fact]
    public async Task A_damaged_index_is_a_finding_and_its_packs_are_read()
    {
        TestChunk chunk = TestChunk.Text(repository, 1);
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, chunk);
        IndexFile file = await Writer(owner).WriteAsync([pack], TestPacks.Token);
        byte[] sound = store.Content(file.Name);
        foreach (int place in new[] { 3, IndexHeader.Size + 10, sound.Length - 200, sound.Length - 1 })
        {
            byte[] content = [.. sound];
            content[place] ^= 4;
            store.Overwrite(file.Name, content);
            using ChunkIndex index = Index(owner, writer: null);
            await index.LoadAsync(TestPacks.Token);

            Assert.Equal(pack.Pack, Assert.Single(await index.FindAsync(chunk.Id, TestPacks.Token)).Pack);
            Assert.Equal(file.Name, Assert.Single(index.Findings).Object);
            Assert.Empty(index.Files);
        }
    }

    [Fact]
    public async Task Many_threads_that_meet_a_damaged_page_report_it_once_and_find_their_chunks()
    {
        TestChunk[] chunks = [.. Enumerable.Range(0, 40).Select(i => TestChunk.Text(repository, i, 200))];
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, chunks);
        IndexFile file = await Writer(owner).WriteAsync([pack], TestPacks.Token);
        store.FlipBit(file.Name, (IndexHeader.Size + 5) * 8);
        using ChunkIndex index = Index(owner, Writer(owner));
        await index.LoadAsync(TestPacks.Token);

        IReadOnlyList<ChunkLocation>[] found = await Task.WhenAll(chunks.Select(chunk => Task.Run(() => index.FindAsync(chunk.Id, TestPacks.Token).AsTask(), TestPacks.Token)));

        Assert.All(found, locations => Assert.Equal(pack.Pack, Assert.Single(locations).Pack));
        Assert.Single(index.Findings);
        await index.FlushAsync(TestPacks.Token);
        Assert.NotEqual(file.Id, Assert.Single(index.Files).Id);
    }

    [Fact]
    public async Task A_damaged_pack_and_what_is_no_pack_are_findings_and_the_rest_is_found()
    {
        PackSummary damaged = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 1));
        TestChunk chunk = TestChunk.Text(repository, 2);
        await TestPacks.WriteOneAsync(owner, repository, store, chunk);
        store.FlipBit(damaged.Pack.Name, 40);
        store.Overwrite("packs/00/what-is-this", [1, 2, 3]);
        store.Overwrite("index/nothing", []);
        using ChunkIndex index = Index(owner, writer: null);

        await index.LoadAsync(TestPacks.Token);

        Assert.Single(await index.FindAsync(chunk.Id, TestPacks.Token));
        Assert.Equal(
            new[] { (damaged.Pack.Name, ProblemKind.Corrupt), ("index/nothing", ProblemKind.Unexpected), ("packs/00/what-is-this", ProblemKind.Unexpected) }.Order(),
            index.Findings.Select(fault => (fault.Object, fault.Kind)).Order());
    }

    [Fact]
    public async Task A_pack_of_a_later_version_is_a_finding_and_the_rest_is_found()
    {
        PackSummary later = await TestPacks.WriteOneAsync(owner, repository, store, TestChunk.Text(repository, 1));
        TestChunk chunk = TestChunk.Text(repository, 2);
        await TestPacks.WriteOneAsync(owner, repository, store, chunk);
        byte[] content = store.Content(later.Pack.Name);
        content[5] = 2;
        content[^1] ^= 1;
        store.Overwrite(later.Pack.Name, content);
        using ChunkIndex index = Index(owner, writer: null);

        await index.LoadAsync(TestPacks.Token);

        Assert.Single(await index.FindAsync(chunk.Id, TestPacks.Token));
        Assert.Equal((later.Pack.Name, ProblemKind.Unexpected), (Assert.Single(index.Findings).Object, index.Findings[0].Kind));
    }

    [Fact]
    public async Task Only_packs_that_the_caller_trusts_are_deduplicated_against()
    {
        TestSlot other = repository.AddSlot(RepositoryRole.Writer);
        TestChunk theirs = TestChunk.Text(repository, 1);
        PackSummary foreign = await TestPacks.WriteOneAsync(other, repository, store, theirs);

        ChunkClaim distrusting = await ClaimAsync(theirs.Id, pack => pack.SlotId == owner.SlotId);
        ChunkClaim trusting = await ClaimAsync(theirs.Id, pack => pack == foreign.Pack);

        Assert.True(distrusting.IsNew);
        Assert.Equal(foreign.Pack, trusting.Existing!.Value.Pack);
    }

    [Fact]
    public async Task What_another_slots_index_says_of_a_trusted_pack_is_confirmed_by_its_table()
    {
        TestSlot bad = repository.AddSlot(RepositoryRole.Writer);
        TestChunk real = TestChunk.Text(repository, 1);
        TestChunk invented = TestChunk.Text(repository, 2);
        PackSummary mine = await TestPacks.WriteOneAsync(owner, repository, store, real);
        var lying = new PackSummary(mine.Pack, [mine.Entries[0], mine.Entries[0] with { Id = invented.Id }]);
        await Writer(bad).WriteAsync([lying], TestPacks.Token);

        ChunkClaim known = await ClaimAsync(real.Id, _ => true);
        ChunkClaim believed = await ClaimAsync(invented.Id, _ => true);

        Assert.Equal(mine.Pack, known.Existing!.Value.Pack);
        Assert.True(believed.IsNew);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pack_that_is_gone_or_shorter_than_its_index_says_is_stored_again(bool gone)
    {
        TestChunk chunk = TestChunk.Text(repository, 1);
        PackSummary pack = await TestPacks.WriteOneAsync(owner, repository, store, chunk);
        await Writer(owner).WriteAsync([pack], TestPacks.Token);
        byte[] content = store.Content(pack.Pack.Name);
        await store.DeleteAsync(pack.Pack.Name, TestPacks.Token);
        if (!gone)
        {
            store.Overwrite(pack.Pack.Name, content[..^1]);
        }

        ChunkClaim claim = await ClaimAsync(chunk.Id, _ => true);

        Assert.True(claim.IsNew);
    }

    [Fact]
    public async Task A_chunk_is_read_from_the_first_pack_that_has_it_whole()
    {
        TestChunk chunk = TestChunk.Text(repository, 1);
        PackSummary damaged = await TestPacks.WriteOneAsync(owner, repository, store, chunk);
        PackSummary sound = await TestPacks.WriteOneAsync(owner, repository, store, chunk);
        await Writer(owner).WriteAsync([damaged, sound], TestPacks.Token);
        store.FlipBit(damaged.Pack.Name, (long)damaged.Entries[0].Offset * 8);
        using ChunkIndex index = Index(owner, writer: null);
        await index.LoadAsync(TestPacks.Token);
        using var reader = new PackReader(store, owner);
        var chunks = new ChunkReader(store, index, reader);

        using (PlainChunk read = await chunks.ReadAsync(chunk.Id, TestPacks.Token))
        {
            Assert.True(chunk.Plain.AsSpan().SequenceEqual(read.Bytes.Span));
        }

        store.FlipBit(sound.Pack.Name, (long)sound.Entries[0].Offset * 8);
        Assert.Equal(sound.Pack.Name, TestPacks.FaultOf(await Assert.ThrowsAsync<DataResilienceException>(() => chunks.ReadAsync(chunk.Id, TestPacks.Token))).Object);
        Assert.Equal("ObjectMissing", (await Assert.ThrowsAsync<DataResilienceException>(() => chunks.ReadAsync(default, TestPacks.Token))).ErrorCode);
    }

    private async Task<ChunkClaim> ClaimAsync(ChunkId id, Func<PackReference, bool> mayDeduplicateAgainst)
    {
        using var index = new ChunkIndex(store, owner, Writer(owner), mayDeduplicateAgainst);
        await index.LoadAsync(TestPacks.Token);
        return await index.ClaimAsync(id, TestPacks.Token);
    }

    private ChunkIndex Index(TestSlot slot, IndexWriter? writer, long cacheBytes = ChunkIndex.DefaultCacheBytes) =>
        new(store, slot, writer, _ => true, cacheBytes);

    private IndexWriter Writer(TestSlot slot) => new(store, slot, repository.Random);
}
