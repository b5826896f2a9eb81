namespace DataResilience.Integration.Tests.Crashes;

/// <summary>A change of keys crashes at any step: the old or the new keyring counts, and nobody is locked out.</summary>
[Trait("Category", "Slow")]
public sealed class KeyCrashTests
{
    private const string Name = "nightly";

    [Fact]
    public async Task A_key_that_is_added_is_there_whole_or_can_be_added_again()
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        var sweep = new CrashSweep(world);

        await sweep.RunAsync(
            AddAsync,
            async (left, finished) =>
            {
                SimulatedProcess owner = left.Start();
                bool isThere = (await NamesAsync(owner)).Contains(Name);
                Assert.True(isThere || !finished, "a key that was reported as added is not there");
                if (!isThere)
                {
                    await AddAsync(owner);
                }

                await RequireUsableAsync(shop, left);
            });

        sweep.RequireSound("Add-BackupRepositoryKey");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_is_removed_is_there_whole_or_opens_nothing(bool keepGeneration)
    {
        Shop shop = await Shop.OpenAsync();
        using SimulatedWorld world = shop.World;
        await AddAsync(world.Start());
        var sweep = new CrashSweep(world);

        await sweep.RunAsync(
            process => RemoveAsync(process, keepGeneration),
            async (left, finished) =>
            {
                SimulatedProcess owner = left.Start();
                bool isThere = (await NamesAsync(owner)).Contains(Name);
                Assert.False(isThere && finished, "a key that was reported as removed is there");
                Assert.Equal(isThere ? "" : "KeyRejected", await RefusalAsync(left));
                if (isThere)
                {
                    await RequireUsableAsync(shop, left);
                    await RemoveAsync(owner, keepGeneration);
                    Assert.Equal("KeyRejected", await RefusalAsync(left));
                }

                await shop.RequireRestorableAsync(owner);
                await Shop.RequireNextRunAsync(owner);
                await Shop.RequireSoundAsync(owner);
            });

        sweep.RequireSound(keepGeneration ? "Remove-BackupRepositoryKey -KeepGeneration" : "Remove-BackupRepositoryKey");
    }

    private static Task AddAsync(SimulatedProcess process) => process.RunAsync(new AddBackupRepositoryKeyRequest
    {
        Repository = SimulatedProcess.Repository,
        KeyFile = process.KeyFile,
        Name = Name,
        Role = RepositoryRole.Writer | RepositoryRole.Reader,
        NewKeyFile = NewKeyFileOf(process),
    });

    private static Task<BackupRepositoryKey> RemoveAsync(SimulatedProcess process, bool keepGeneration) => process.RunAsync(new RemoveBackupRepositoryKeyRequest
    {
        Repository = SimulatedProcess.Repository,
        KeyFile = process.KeyFile,
        Name = Name,
        KeepGeneration = keepGeneration,
    });

    private static string NewKeyFileOf(SimulatedProcess process) => Path.Combine(Path.GetDirectoryName(process.KeyFile)!, Name + ".key");

    private static async Task<IEnumerable<string>> NamesAsync(SimulatedProcess process)
    {
        IReadOnlyList<BackupRepositoryKey> keys = await process.RunAsync(
            new GetBackupRepositoryKeyRequest { Repository = SimulatedProcess.Repository, KeyFile = process.KeyFile });
        return keys.Select(key => key.Name);
    }

    /// <summary>Both keys restore what was there and store more.</summary>
    private static async Task RequireUsableAsync(Shop shop, SimulatedWorld left)
    {
        SimulatedProcess owner = left.Start();
        SimulatedProcess nightly = left.Start(keyFile: NewKeyFileOf(owner));
        await shop.RequireRestorableAsync(owner);
        await shop.RequireRestorableAsync(nightly);
        await Shop.RequireNextRunAsync(nightly);
        await Shop.RequireNextRunAsync(owner);
        await Shop.RequireSoundAsync(owner);
    }

    private static async Task<string> RefusalAsync(SimulatedWorld left)
    {
        SimulatedProcess nightly = left.Start(keyFile: NewKeyFileOf(left.Start()));
        try
        {
            await nightly.ListAsync();
            return "";
        }
        catch (DataResilienceException failure)
        {
            return failure.ErrorCode;
        }
    }
}
