using System.Collections.Concurrent;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Packs;

public sealed class PackWriterFaultTests
{
    private readonly TestRepository repository = new();
    private readonly InMemoryObjectStore inner = new();
    private readonly FaultScript script = new();
    private readonly ConcurrentBag<PackSummary> finished = [];
    private readonly TestSlot owner;
    private readonly FaultingObjectStore store;

    public PackWriterFaultTests()
    {
        owner = repository.AddSlot(RepositoryRole.Owner);
        store = new FaultingObjectStore(inner, script);
    }

    [Fact]
    public async Task A_store_that_fails_ends_the_writer_and_gives_the_buffers_back()
    {
        script.At(StoreCall.Create, 2, StoreFault.Full);
        using var buffers = new PackBuffers(2);
        await using (PackWriter writer = TestPacks.Writer(owner, repository, store, buffers, finished))
        {
            DataResilienceException first = await Assert.ThrowsAsync<DataResilienceException>(() => AddNoiseAsync(writer, chunks: 100));
            DataResilienceException later = await Assert.ThrowsAsync<DataResilienceException>(() => AddNoiseAsync(writer, chunks: 1));
            DataResilienceException flushed = await Assert.ThrowsAsync<DataResilienceException>(() => writer.FlushAsync(TestPacks.Token));

            Assert.Equal(["StoreFull", "StoreFull", "StoreFull"], [first.ErrorCode, later.ErrorCode, flushed.ErrorCode]);
        }

        Assert.Equal(0, buffers.InUse);
        Assert.InRange(buffers.MostInUse, 1, 2);
        Assert.Equal(inner.Names.Order(), finished.Select(pack => pack.Pack.Name).Order());
    }

    [Fact]
    public async Task A_failure_while_eight_producers_add_reaches_all_of_them()
    {
        script.At(StoreCall.Create, 1, StoreFault.Unreachable);
        using var buffers = new PackBuffers(2);
        await using (PackWriter writer = TestPacks.Writer(owner, repository, store, buffers, finished))
        {
            Task[] producers = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => AddNoiseAsync(writer, chunks: 1000), TestPacks.Token))];
            foreach (Task producer in producers)
            {
                await Assert.ThrowsAsync<DataResilienceException>(() => producer);
            }
        }

        Assert.Equal(0, buffers.InUse);
        Assert.Empty(finished);
    }

    [Fact]
    public async Task A_failure_of_who_is_told_of_a_pack_ends_the_writer()
    {
        using var buffers = new PackBuffers(2);
        await using var writer = new PackWriter(store, owner, repository.Random, PackClass.Content, buffers, (_, _) => throw new InvalidOperationException("no index"));
        await AddNoiseAsync(writer, chunks: 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.FlushAsync(TestPacks.Token));
    }

    [Fact]
    public async Task A_lost_reply_is_no_loss_when_the_same_bytes_are_there()
    {
        int creations = 0;
        var retrying = new InterceptedStore(store, async (name, content, token) =>
        {
            creations++;
            await Assert.ThrowsAsync<DataResilienceException>(() => store.CreateAsync(name, content, token));
            creations++;
            return await store.CreateAsync(name, content, token);
        });
        script.At(StoreCall.Create, 1, StoreFault.LoseReply);
        using var buffers = new PackBuffers(2);
        await using PackWriter writer = TestPacks.Writer(owner, repository, retrying, buffers, finished);
        await AddNoiseAsync(writer, chunks: 5);

        await writer.FlushAsync(TestPacks.Token);

        Assert.Equal(2, creations);
        Assert.Equal(Assert.Single(finished).Pack.Name, Assert.Single(inner.Names));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Other_bytes_under_the_name_of_a_new_pack_are_damage(int cut)
    {
        using var buffers = new PackBuffers(2);
        var squatted = new InterceptedStore(inner, (name, content, token) =>
        {
            byte[] other = cut == 0 ? [.. content.Span[..^1], (byte)(content.Span[^1] ^ 1)] : content[..^cut].ToArray();
            inner.Overwrite(name, other);
            return inner.CreateAsync(name, content, token);
        });
        await using PackWriter writer = TestPacks.Writer(owner, repository, squatted, buffers, finished);
        await AddNoiseAsync(writer, chunks: 1);

        DataResilienceException damaged = await Assert.ThrowsAsync<DataResilienceException>(() => writer.FlushAsync(TestPacks.Token));

        Assert.Equal("ObjectDamaged", damaged.ErrorCode);
        Assert.Equal(ProblemKind.Mismatch, TestPacks.FaultOf(damaged).Kind);
        Assert.Empty(finished);
    }

    [Fact]
    public async Task Who_waits_for_a_buffer_can_be_cancelled()
    {
        var blocked = new BlockedCreations(inner);
        using var buffers = new PackBuffers(2);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestPacks.Token);
        PackWriter writer = TestPacks.Writer(owner, repository, blocked.Store, buffers, finished);
        Task adding = AddNoiseUntilAsync(writer, chunks: 1000, cancellation.Token);
        await blocked.ReachedAsync(2);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => adding);
        await writer.DisposeAsync();
        Assert.Equal(0, buffers.InUse);
        Assert.Empty(inner.Names);
    }

    [Fact]
    public async Task A_cancelled_flush_leaves_the_rest_to_disposal()
    {
        var blocked = new BlockedCreations(inner);
        using var buffers = new PackBuffers(2);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestPacks.Token);
        PackWriter writer = TestPacks.Writer(owner, repository, blocked.Store, buffers, finished);
        await AddNoiseAsync(writer, chunks: 1);
        Task flushing = writer.FlushAsync(cancellation.Token);
        await blocked.ReachedAsync(1);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushing);
        await writer.DisposeAsync();
        Assert.Equal(0, buffers.InUse);
    }

    [Fact]
    public async Task A_disposed_writer_refuses_and_what_was_not_flushed_is_not_stored()
    {
        using var buffers = new PackBuffers(2);
        PackWriter writer = TestPacks.Writer(owner, repository, store, buffers, finished);
        await AddNoiseAsync(writer, chunks: 3);

        await writer.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddNoiseAsync(writer, chunks: 1));
        Assert.Equal(0, buffers.InUse);
        Assert.Empty(inner.Names);
    }

    [Fact]
    public async Task Two_writers_share_two_buffers_without_waiting_for_each_other_for_ever()
    {
        using var buffers = new PackBuffers(2);
        await using PackWriter content = TestPacks.Writer(owner, repository, store, buffers, finished);
        await using PackWriter catalog = TestPacks.Writer(owner, repository, store, buffers, finished, PackClass.Catalog);
        TestChunk list = TestChunk.Text(repository, 1, 500, ChunkKind.ChunkList);
        await catalog.AddAsync(list.Id, list.Kind, list.Plain, TestPacks.Token);

        await AddNoiseAsync(content, chunks: 30);
        await content.FlushAsync(TestPacks.Token);
        await catalog.FlushAsync(TestPacks.Token);

        Assert.Equal(31, finished.Sum(pack => pack.Entries.Count));
        Assert.Equal(2, buffers.MostInUse);
    }

    private Task AddNoiseAsync(PackWriter writer, int chunks) => AddNoiseUntilAsync(writer, chunks, TestPacks.Token);

    private async Task AddNoiseUntilAsync(PackWriter writer, int chunks, CancellationToken cancellationToken)
    {
        for (int i = 0; i < chunks; i++)
        {
            TestChunk chunk = TestChunk.Noise(repository, i, ChunkLimits.MaxBytes / 2);
            await writer.AddAsync(chunk.Id, chunk.Kind, chunk.Plain, cancellationToken);
        }
    }
}
