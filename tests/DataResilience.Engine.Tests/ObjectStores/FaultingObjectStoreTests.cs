using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class FaultingObjectStoreTests
{
    private readonly InMemoryObjectStore inner = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crash_ends_all_that_comes_after_it()
    {
        FaultingObjectStore store = Faulting(new FaultScript().At(StoreCall.Create, 2, StoreFault.Crash));
        await store.CreateAsync("a", new byte[1], Token);

        await Assert.ThrowsAsync<SimulatedCrashException>(() => store.CreateAsync("b", new byte[1], Token));
        await Assert.ThrowsAsync<SimulatedCrashException>(() => store.FindAsync("a", Token));
        await Assert.ThrowsAsync<SimulatedCrashException>(() => store.ReadAsync("a", 0, new byte[1], Token));
        await Assert.ThrowsAsync<SimulatedCrashException>(() => store.DeleteAsync("a", Token));

        Assert.True(store.HasCrashed);
        Assert.Equal(["a"], inner.Names);
    }

    [Fact]
    public async Task A_crash_after_a_call_leaves_what_the_call_did()
    {
        FaultingObjectStore store = Faulting(new FaultScript().AtChange(1, StoreFault.CrashAfter));

        await Assert.ThrowsAsync<SimulatedCrashException>(() => store.CreateAsync("a", new byte[1], Token));

        Assert.Equal(["a"], inner.Names);
    }

    [Fact]
    public async Task A_lost_reply_is_an_error_after_success()
    {
        FaultingObjectStore store = Faulting(new FaultScript().At(StoreCall.Create, 1, StoreFault.LoseReply));

        var error = await Assert.ThrowsAsync<DataResilienceException>(() => store.CreateAsync("a", new byte[1], Token));

        Assert.Equal(nameof(Errors.StoreUnreachable), error.ErrorCode);
        Assert.False(await store.CreateAsync("a", new byte[1], Token));
    }

    [Fact]
    public async Task A_full_store_does_nothing_and_goes_on_later()
    {
        FaultingObjectStore store = Faulting(new FaultScript().At(StoreCall.Create, 1, StoreFault.Full));

        var error = await Assert.ThrowsAsync<DataResilienceException>(() => store.CreateAsync("a", new byte[1], Token));

        Assert.Equal(nameof(Errors.StoreFull), error.ErrorCode);
        Assert.Empty(inner.Names);
        Assert.True(await store.CreateAsync("a", new byte[1], Token));
    }

    [Fact]
    public async Task A_read_is_truncated_or_has_a_bit_flipped()
    {
        inner.Overwrite("packs/a", [1, 2, 3]);
        FaultingObjectStore store = Faulting(new FaultScript()
            .At(StoreCall.Read, 1, StoreFault.Truncate(2))
            .At(StoreCall.Read, 2, StoreFault.FlipBit(9)));
        byte[] read = new byte[3];

        Assert.Equal(2, await store.ReadAsync("packs/a", 0, read, Token));
        Assert.Equal(3, await store.ReadAsync("packs/a", 0, read, Token));
        Assert.Equal([1, 0, 3], read);
        Assert.Equal(3, await store.ReadAsync("packs/a", 0, read, Token));
        Assert.Equal([1, 2, 3], read);
    }

    [Fact]
    public async Task Calls_are_counted_by_the_names_that_a_fault_is_for()
    {
        FaultingObjectStore store = Faulting(new FaultScript().At(StoreCall.Create, 1, StoreFault.Unreachable, "backups/"));

        await store.CreateAsync("packs/a", new byte[10], Token);
        await Assert.ThrowsAsync<DataResilienceException>(() => store.CreateAsync("backups/a", new byte[1], Token));
        await store.CreateAsync("backups/a", new byte[1], Token);
        await store.ReadAsync("packs/a", 4, new byte[100], Token);

        Assert.Equal((3, 2, 4), (store.Counts.Calls(StoreCall.Create), store.Counts.Calls(StoreCall.Create, "backups"), store.Counts.Total));
        Assert.Equal((11, 6, 6), (store.Counts.BytesWritten, store.Counts.BytesRead, store.Counts.Bytes(StoreCall.Read, "packs")));
        Assert.Contains("Create  packs", store.Counts.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_call_can_be_the_one_that_fails()
    {
        FaultingObjectStore store = Faulting(new FaultScript().AtAny(2, StoreFault.Throw(() => new TimeoutException())));
        await store.FindAsync("a", Token);

        Assert.Throws<TimeoutException>(() => store.ListAsync("", Token).ToBlockingEnumerable(Token).ToList());
    }

    private FaultingObjectStore Faulting(FaultScript script) => new(inner, script);
}
