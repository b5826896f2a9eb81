using DataResilience.Engine.ObjectStores;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Integration.Tests;

/// <summary>A repository's disk that fills up at each step of a backup in turn.</summary>
public sealed class FullDiskTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Wherever_the_disk_fills_up_there_is_no_half_backup_and_the_next_run_succeeds()
    {
        using BadInputScene scene = await BadInputScene.OpenAsync();
        scene.Workspace.Execute("source.db", "CREATE TABLE big(x)", "INSERT INTO big SELECT randomblob(3000000) FROM (VALUES(1), (2), (3), (4), (5), (6), (7), (8))");
        int steps = await CountStepsAsync(scene);
        int backups = (await ListAsync(scene)).Count;
        Assert.True(steps > 10, $"A backup takes {steps} steps.");
        for (int full = 1; full <= steps; full++)
        {
            // New rows, so that every run has something to store; the same ones would be found from the run before.
            scene.Workspace.Execute("source.db", "UPDATE big SET x = randomblob(3000000) WHERE rowid <= 2");
            int step = 0;
            int failAt = full;
            Task run = scene.BackUpAsync(operations: Intercepted(scene, () =>
            {
                if (Interlocked.Increment(ref step) >= failAt)
                {
                    throw SystemError.Create(SystemError.NoSpace, "x");
                }
            }));
            DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => run);
            Assert.Equal(Errors.StoreFull.Code, failure.ErrorCode);
            Assert.Equal(backups, (await ListAsync(scene)).Count);
        }

        await scene.BackUpAsync();
        IReadOnlyList<BackupIntegrity> checks = await scene.RunAsync(new TestBackupIntegrityRequest { Repository = scene.Repository });
        Assert.All(checks, check => Assert.True(check.IsValid, string.Join("; ", check.Problems)));
        Assert.Equal(backups + 1, (await ListAsync(scene)).Count);
        output.WriteLine($"The disk was full at each of {steps} steps.");
    }

    private static Task<IReadOnlyList<Backup>> ListAsync(BadInputScene scene) =>
        scene.RunAsync(new GetDatabaseBackupRequest { Repository = scene.Repository });

    private static async Task<int> CountStepsAsync(BadInputScene scene)
    {
        int steps = 0;
        await scene.BackUpAsync(operations: Intercepted(scene, () => Interlocked.Increment(ref steps)));
        return steps;
    }

    private static IOperations Intercepted(BadInputScene scene, Action beforeWriting) => scene.With(services => services with
    {
        StoreProviders = [new InterceptedStoreProvider((operation, _) =>
        {
            if (operation is FileOperation.Create or FileOperation.Write)
            {
                beforeWriting();
            }
        })],
    });
}
