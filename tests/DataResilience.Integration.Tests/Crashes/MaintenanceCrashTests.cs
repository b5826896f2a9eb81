namespace DataResilience.Integration.Tests.Crashes;

/// <summary>What keeps a repository in order crashes at any step.</summary>
[Trait("Category", "Slow")]
public sealed class MaintenanceCrashTests
{
    [Fact]
    public async Task A_backup_that_is_deleted_is_there_whole_or_gone()
    {
        Shop shop = await Shop.OpenAsync(backups: 2);
        using SimulatedWorld world = shop.World;
        string deleted = shop.Before.First();
        var sweep = new CrashSweep(world);

        await sweep.RunAsync(
            process => RemoveAsync(process, deleted),
            async (left, finished) =>
            {
                SimulatedProcess next = left.Start();
                bool isThere = (await shop.RequireRestorableAsync(next, gone: deleted)).Any(backup => backup.BackupId == deleted);
                Assert.False(isThere && finished, "a backup that was reported as deleted is listed");
                if (isThere)
                {
                    await RemoveAsync(next, deleted);
                }

                Assert.DoesNotContain(await next.ListAsync(), backup => backup.BackupId == deleted);
                await Shop.RequireNextRunAsync(next);
                await Shop.RequireSoundAsync(next);
            });

        sweep.RequireSound("Remove-DatabaseBackup");
    }

    [Fact]
    public async Task An_index_that_is_rebuilt_is_of_use_or_no_harm()
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        var sweep = new CrashSweep(world);

        await sweep.RunAsync(RebuildAsync, async (left, _) =>
        {
            SimulatedProcess next = left.Start();
            await shop.RequireRestorableAsync(next);
            await RebuildAsync(next);
            await Shop.RequireNextRunAsync(next);
            await Shop.RequireSoundAsync(next);
        });

        sweep.RequireSound("Optimize-BackupRepository -RebuildIndex");
    }

    [Fact]
    public async Task A_verification_that_crashes_says_nothing_false_and_can_be_done_again()
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        var sweep = new CrashSweep(world);

        await sweep.RunAsync(process => process.VerifyAsync(), async (left, finished) =>
        {
            SimulatedProcess next = left.Start();
            Backup listed = Assert.Single(await shop.RequireRestorableAsync(next));
            Assert.True(listed.VerifiedOn is not null || !finished, "a verification that was reported left no record");
            Assert.All(await next.VerifyAsync(), check => Assert.True(check.IsValid, string.Join("; ", check.Problems)));
            Assert.NotNull(Assert.Single(await next.ListAsync()).VerifiedOn);
            await Shop.RequireNextRunAsync(next);
        });

        sweep.RequireSound("Test-BackupIntegrity");
    }

    private static Task<Backup> RemoveAsync(SimulatedProcess process, string backupId) => process.RunAsync(new RemoveDatabaseBackupRequest
    {
        Repository = SimulatedProcess.Repository,
        KeyFile = process.KeyFile,
        Backup = new BackupReference(backupId),
    });

    private static Task RebuildAsync(SimulatedProcess process) => process.RunAsync(
        new OptimizeBackupRepositoryRequest { Repository = SimulatedProcess.Repository, KeyFile = process.KeyFile, RebuildIndex = true });
}
