using System.Collections.Concurrent;
using DataResilience.Engine.Packs;
using DataResilience.Providers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Packs;

/// <summary>Writes packs into a store as a slot.</summary>
internal static class TestPacks
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static PackWriter Writer(
        TestSlot slot, TestRepository repository, IObjectStore store, PackBuffers buffers, ConcurrentBag<PackSummary> finished, PackClass packClass = PackClass.Content) =>
        new(store, slot, repository.Random, packClass, buffers, (pack, _) =>
        {
            finished.Add(pack);
            return ValueTask.CompletedTask;
        });

    /// <summary>Stores chunks in packs and gives the packs in the order in which they became durable.</summary>
    public static async Task<IReadOnlyList<PackSummary>> WriteAsync(
        TestSlot slot, TestRepository repository, IObjectStore store, IEnumerable<TestChunk> chunks, PackClass packClass = PackClass.Content)
    {
        var finished = new ConcurrentBag<PackSummary>();
        using var buffers = new PackBuffers();
        await using PackWriter writer = Writer(slot, repository, store, buffers, finished, packClass);
        foreach (TestChunk chunk in chunks)
        {
            await writer.AddAsync(chunk.Id, chunk.Kind, chunk.Plain, Token);
        }

        await writer.FlushAsync(Token);
        return [.. finished.Reverse()];
    }

    /// <summary>Stores some chunks in one pack.</summary>
    public static async Task<PackSummary> WriteOneAsync(TestSlot slot, TestRepository repository, IObjectStore store, params IEnumerable<TestChunk> chunks) =>
        Assert.Single(await WriteAsync(slot, repository, store, chunks, PackClasses.Of(chunks.First().Kind)!.Value));

    public static IEnumerable<ChunkLocation> Locations(this PackSummary pack) => pack.Entries.Select(entry => new ChunkLocation(pack.Pack, entry));

    public static ObjectFault FaultOf(DataResilienceException exception)
    {
        Assert.True(ObjectFault.TryFind(exception, out ObjectFault? fault), exception.ToString());
        return fault;
    }

    /// <summary>A store whose only pack is a changed copy.</summary>
    public static InMemoryObjectStore StoreOf(string name, byte[] content)
    {
        var store = new InMemoryObjectStore();
        store.Overwrite(name, content);
        return store;
    }
}
