using DataResilience.Engine.ObjectStores;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>A backup that crashes at any step, on files that forget what was not synced.</summary>
[Trait("Category", "Slow")]
public sealed class SimulatedBackupCrashTests
{
    [Fact]
    public async Task A_backup_that_crashes_at_any_step_leaves_whole_backups_and_a_repository_for_the_next_run()
    {
        CrashSweep sweep = await SweepAsync(files => files);

        sweep.RequireSound("Backup");
    }

    [Theory]
    [InlineData(FileOperation.SyncDirectory)]
    [InlineData(FileOperation.SyncFile)]
    public async Task A_backup_on_a_store_that_leaves_syncs_out_is_caught(object left)
    {
        CrashSweep sweep = await SweepAsync(
            files => new InterceptedFileLayer(files, (operation, _) => operation != (FileOperation)left), endsWhenBroken: true);

        TestContext.Current.TestOutputHelper?.WriteLine(sweep.ToString($"Backup without {left}"));
        Assert.NotEmpty(sweep.Broken);
    }

    private static async Task<CrashSweep> SweepAsync(Func<IFileLayer, IFileLayer> spoil, bool endsWhenBroken = false)
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        var sweep = new CrashSweep(world) { Spoil = spoil, EndsWhenBroken = endsWhenBroken };
        await sweep.RunAsync(
            process => process.BackupAsync(Shop.Name),
            async (left, finished) =>
            {
                SimulatedProcess next = left.Start();
                int listed = (await shop.RequireRestorableAsync(next)).Count;
                Assert.True(!finished || listed == 2, "a backup that was reported as done is not listed");
                await Shop.RequireNextRunAsync(next);
                await Shop.RequireSoundAsync(next);
            });
        return sweep;
    }
}
