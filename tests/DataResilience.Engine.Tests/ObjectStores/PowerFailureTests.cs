using DataResilience.Engine.ObjectStores;
using DataResilience.Providers;
using DataResilience.Testing.FileLayers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.ObjectStores;

/// <summary>Crashes at every step of creating an object, on files that forget what was not synced.</summary>
public sealed class PowerFailureTests
{
    private const string Earlier = "keyring/1";
    private const string Created = "packs/0a/0123";
    private const int Seeds = 60;

    private static readonly byte[] Content = RandomContent(5_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_whole_or_absent_and_there_once_its_creation_returned()
    {
        List<string> broken = await BrokenPromisesAsync(files => files);

        Assert.Empty(broken);
    }

    [Fact]
    public async Task A_store_that_does_not_sync_its_files_is_caught()
    {
        List<string> broken = await BrokenPromisesAsync(files => Without(files, FileOperation.SyncFile));

        Assert.Contains(broken, promise => promise.StartsWith("partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_does_not_sync_its_directories_is_caught()
    {
        List<string> broken = await BrokenPromisesAsync(files => Without(files, FileOperation.SyncDirectory));

        Assert.Contains(broken, promise => promise.StartsWith("lost", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/backups")]
    [InlineData("/backups/repository")]
    [InlineData("/backups/repository/packs")]
    [InlineData("/backups/repository/packs/0a")]
    public async Task A_store_that_forgets_to_sync_one_directory_is_caught(string forgotten)
    {
        List<string> broken = await BrokenPromisesAsync(files => new InterceptedFileLayer(
            files,
            (operation, path) => operation != FileOperation.SyncDirectory || path.Replace('\\', '/') != forgotten));

        Assert.Contains(broken, promise => promise.StartsWith("lost", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_killed_process_left_unsynced_is_durable_once_the_next_one_builds_on_it(bool showsBySight)
    {
        int built = 0;
        for (int step = 1; step <= await StepsAsync(); step++)
        {
            var files = new ForgetfulFileLayer();
            await CreateBothAsync(ForgetfulStore.Open(new CrashingFileLayer(files, step)));
            LocalObjectStore next = ForgetfulStore.Open(files);
            bool isThere = showsBySight ? await IsListedAsync(next) : !await next.CreateAsync(Created, Content, Token);
            await next.CreateAsync("backups/one", new byte[] { 1 }, Token);
            built += isThere ? 1 : 0;
            for (int seed = 0; isThere && seed < Seeds; seed++)
            {
                LocalObjectStore survivor = ForgetfulStore.Open(files.AfterPowerFailure(seed));
                Assert.NotNull(await survivor.FindAsync("backups/one", Token));
                Assert.True(await IsWholeAsync(survivor, Created), $"step {step}, seed {seed}");
            }
        }

        Assert.NotEqual(0, built);
    }

    [Fact]
    public async Task A_deleted_object_does_not_come_back()
    {
        var files = new ForgetfulFileLayer();
        LocalObjectStore store = ForgetfulStore.Open(files);
        await store.CreateAsync(Created, new byte[10], Token);

        await store.DeleteAsync(Created, Token);

        for (int seed = 0; seed < Seeds; seed++)
        {
            Assert.Null(await ForgetfulStore.Open(files.AfterPowerFailure(seed)).FindAsync(Created, Token));
        }
    }

    private static InterceptedFileLayer Without(IFileLayer files, FileOperation left) =>
        new(files, (operation, _) => operation != left);

    /// <summary>Every promise that is broken by a failure of power before, at and after each step, over many seeds.</summary>
    private static async Task<List<string>> BrokenPromisesAsync(Func<IFileLayer, IFileLayer> around)
    {
        var broken = new List<string>();
        int steps = await StepsAsync();
        for (int step = 1; step <= steps + 1; step++)
        {
            var files = new ForgetfulFileLayer();
            var crashing = new CrashingFileLayer(around(files), step);
            int returned = await CreateBothAsync(ForgetfulStore.Open(crashing));
            for (int seed = 0; seed < Seeds; seed++)
            {
                LocalObjectStore survivor = ForgetfulStore.Open(files.AfterPowerFailure(seed));
                string where = $"at step {step} ({crashing.CrashedAt}), seed {seed}";
                broken.AddRange(await BrokenAsync(survivor, Earlier, returned >= 1, where));
                broken.AddRange(await BrokenAsync(survivor, Created, returned >= 2, where));
            }
        }

        return broken;
    }

    private static async Task<int> StepsAsync()
    {
        var counting = new CrashingFileLayer(new ForgetfulFileLayer(), crashAt: 0);
        Assert.Equal(2, await CreateBothAsync(ForgetfulStore.Open(counting)));
        return counting.Changes;
    }

    /// <summary>Creates two objects; returns how many creations returned before the crash.</summary>
    private static async Task<int> CreateBothAsync(LocalObjectStore store)
    {
        int returned = 0;
        try
        {
            Assert.True(await store.CreateAsync(Earlier, Content, Token));
            returned++;
            Assert.True(await store.CreateAsync(Created, Content, Token));
            returned++;
        }
        catch (SimulatedCrashException)
        {
            return returned;
        }

        return returned;
    }

    private static async Task<IEnumerable<string>> BrokenAsync(LocalObjectStore survivor, string name, bool wasReturned, string where)
    {
        bool isThere = await survivor.FindAsync(name, Token) is not null;
        return (isThere, wasReturned) switch
        {
            (false, true) => [$"lost: {name} {where}"],
            (true, _) when !await IsWholeAsync(survivor, name) => [$"partial: {name} {where}"],
            _ => [],
        };
    }

    private static async Task<bool> IsWholeAsync(LocalObjectStore store, string name)
    {
        byte[] read = new byte[Content.Length + 1];
        int? count = await store.ReadAsync(name, 0, read, Token);
        return count == Content.Length && read.AsSpan(0, Content.Length).SequenceEqual(Content);
    }

    private static async Task<bool> IsListedAsync(LocalObjectStore store)
    {
        await foreach (ObjectDescription found in store.ListAsync("packs/", Token))
        {
            return found.Name == Created;
        }

        return false;
    }

    private static byte[] RandomContent(int count)
    {
        byte[] content = new byte[count];
        new Random(1).NextBytes(content);
        return content;
    }
}
