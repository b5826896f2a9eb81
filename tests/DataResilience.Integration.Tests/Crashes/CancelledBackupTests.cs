using System.Globalization;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>A backup is cancelled before each block of rows that it reads.</summary>
[Trait("Category", "Slow")]
public sealed class CancelledBackupTests
{
    [Fact]
    public async Task A_cancelled_backup_lets_go_of_everything_and_leaves_no_manifest()
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        int block = 0;
        for (bool wasCancelled = true; wasCancelled;)
        {
            using SimulatedWorld host = world.Copy();
            wasCancelled = await CancelAsync(shop, host, ++block);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cancelled before each of {block - 1} blocks of rows."));
        Assert.True(block > 10);
    }

    /// <returns>False if the backup has fewer blocks, and so came to its end.</returns>
    private static async Task<bool> CancelAsync(Shop shop, SimulatedWorld host, int block)
    {
        WatchedObjectStore? watched = null;
        SimulatedProcess process = host.Start(around: store => watched ??= new WatchedObjectStore(store));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        int blocks = 0;
        process.Databases.OnReading = _ =>
        {
            if (Interlocked.Increment(ref blocks) == block)
            {
                cancellation.Cancel();
            }
        };
        Task<Backup> backup = process.BackupAsync(Shop.Name, cancellation.Token);
        await ((Task)backup).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.Equal(0, watched!.UnderWay);
        Assert.Contains(watched.Created, name => name.EndsWith(".end", StringComparison.Ordinal));
        if (!cancellation.IsCancellationRequested)
        {
            await backup;
            return false;
        }

        Assert.True(backup.IsCanceled, $"block {block}: {backup.Exception}");
        Assert.DoesNotContain(watched.Created, name => name.Contains("backups/", StringComparison.Ordinal));
        int created = watched.Created.Count;
        process.Databases.OnReading = null;
        Assert.Equal(shop.Before.Count(), (await process.ListAsync()).Count);
        await Shop.RequireNextRunAsync(host.Start());
        await Shop.RequireSoundAsync(process);
        Assert.Equal(created, watched.Created.TakeWhile(name => !name.StartsWith("verifications/", StringComparison.Ordinal)).Count());
        return true;
    }
}
