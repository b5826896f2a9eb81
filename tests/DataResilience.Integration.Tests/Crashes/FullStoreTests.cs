using System.Globalization;
using DataResilience.Testing.FileLayers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>A backup finds no room at any step, or hears nothing of what it stored.</summary>
[Trait("Category", "Slow")]
public sealed class FullStoreTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_store_is_said_to_be_full_and_holds_nothing_back_once_there_is_room(bool sameProcess)
    {
        // The same process may be a shell or a service that goes on, and that must not wait for its own lock.
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        var tally = new FullTally();
        for (bool wasFull = true; wasFull;)
        {
            using SimulatedWorld host = world.Copy();
            var files = new FullFileLayer(host.Files, ++tally.Steps);
            SimulatedProcess process = host.Start(files);
            string code = await CodeAsync(process.BackupAsync(Shop.Name));
            wasFull = files.FullAt is not null;
            string where = string.Create(CultureInfo.InvariantCulture, $"step {tally.Steps} ({files.FullAt})");
            files.MakeRoom();

            using SimulatedWorld? left = sameProcess ? null : host.AfterKill();
            SimulatedProcess next = left?.Start() ?? process;
            IReadOnlyList<Backup> listed = await shop.RequireRestorableAsync(next);
            bool isThere = listed.Count > shop.Before.Count();

            // The first copy of the manifest is the backup: what finds no room after it cannot undo it.
            Assert.True(code == (wasFull ? "StoreFull" : "") || (isThere && code.Length == 0), $"{where}: '{code}'");
            tally.Listed += wasFull && isThere ? 1 : 0;
            await Shop.RequireNextRunAsync(next);
            await Shop.RequireSoundAsync(next);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Full at each of {tally.Steps - 1} steps; {tally.Listed} times after the manifest was there.");
        Assert.True(tally.Steps > 20);
    }

    [Fact]
    public async Task What_was_stored_before_the_store_was_full_is_used_by_the_next_run()
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        using SimulatedWorld host = world.Copy();
        int full = 0;
        var script = new FaultScript().Always(StoreCall.Create, StoreFault.Full, "index/");
        SimulatedProcess process = host.Start(around: store => full++ == 0 ? new FaultingObjectStore(store, script) : store);

        string code = await CodeAsync(process.BackupAsync(Shop.Name));
        Backup next = await Shop.RequireNextRunAsync(host.Start());

        using SimulatedWorld other = world.Copy();
        Backup fromNothing = await Shop.RequireNextRunAsync(other.Start());
        TestContext.Current.TestOutputHelper?.WriteLine($"From nothing {fromNothing.NewSize:N0} bytes, after a full store {next.NewSize:N0}.");
        Assert.Equal("StoreFull", code);
        Assert.True(next.NewSize < fromNothing.NewSize / 10, $"{next.NewSize} of {fromNothing.NewSize}");
    }

    [Fact]
    public async Task A_backup_on_a_store_that_loses_every_reply_is_valid()
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        var stores = new List<RetryingObjectStore>();
        SimulatedProcess process = world.Start(around: store =>
        {
            stores.Add(new RetryingObjectStore(store));
            return stores[^1];
        });

        await Shop.RequireNextRunAsync(process);

        Assert.True(stores.Sum(store => store.LostReplies) > 5);
        Assert.All(await world.Start().VerifyAsync(), check => Assert.True(check.IsValid, string.Join("; ", check.Problems)));
    }

    [Fact]
    public async Task A_backup_that_loses_a_reply_for_good_ends_cleanly_and_does_not_block_the_next()
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        int creates = 0;
        for (bool wasLost = true; wasLost;)
        {
            using SimulatedWorld host = world.Copy();
            var script = new FaultScript().At(StoreCall.Create, ++creates, StoreFault.LoseReply);
            FaultingObjectStore? faulting = null;
            SimulatedProcess process = host.Start(around: store => faulting is null ? faulting = new FaultingObjectStore(store, script) : store);
            string code = await CodeAsync(process.BackupAsync(Shop.Name));
            wasLost = faulting!.Counts.Calls(StoreCall.Create) >= creates;
            Assert.True(code.Length == 0 || (wasLost && code == "StoreUnreachable"), $"create {creates}: '{code}'");
            await shop.RequireRestorableAsync(process);
            await Shop.RequireNextRunAsync(process);
            await Shop.RequireSoundAsync(process);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"The reply was lost at each of {creates - 1} creates.");
        Assert.True(creates > 5);
    }

    /// <returns>The code of the failure; empty if there was none.</returns>
    private static async Task<string> CodeAsync(Task<Backup> backup)
    {
        try
        {
            await backup;
            return "";
        }
        catch (DataResilienceException failure)
        {
            return failure.ErrorCode;
        }
    }

    private sealed class FullTally
    {
        public int Steps { get; set; }

        public int Listed { get; set; }
    }
}
