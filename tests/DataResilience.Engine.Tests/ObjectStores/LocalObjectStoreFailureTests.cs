using DataResilience.Engine.ObjectStores;
using DataResilience.Providers;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class LocalObjectStoreFailureTests : IDisposable
{
    private const string Name = "packs/0a/0123";

    private readonly TemporaryDirectory directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(nameof(SystemError.NoSpace))]
    [InlineData(nameof(SystemError.QuotaExceeded))]
    [InlineData(nameof(SystemError.FileTooLarge))]
    public async Task A_disk_that_is_full_at_any_step_says_so_and_leaves_nothing_behind(string error)
    {
        int code = error switch
        {
            nameof(SystemError.NoSpace) => SystemError.NoSpace,
            nameof(SystemError.QuotaExceeded) => SystemError.QuotaExceeded,
            _ => SystemError.FileTooLarge,
        };

        var failed = await FailAtEachStepAsync(path => SystemError.Create(code, path), Errors.StoreFull);

        Assert.Equal(
            [FileOperation.Create, FileOperation.Write, FileOperation.SyncFile, FileOperation.Rename, FileOperation.MakeDirectory, FileOperation.SyncDirectory],
            failed.Distinct().Order());
    }

    [Fact]
    public async Task A_right_that_is_missing_at_any_step_says_so_and_leaves_nothing_behind()
    {
        await FailAtEachStepAsync(path => new UnauthorizedAccessException(path), Errors.StoreUnwritable);
        await FailAtEachStepAsync(path => SystemError.Create(SystemError.ReadOnly, path), Errors.StoreUnwritable);
    }

    [Fact]
    public async Task A_disk_that_fails_at_any_step_says_so_and_leaves_nothing_behind() =>
        await FailAtEachStepAsync(_ => new IOException("Input/output error"), Errors.StoreUnreachable);

    [Fact]
    public async Task A_leftover_that_cannot_be_deleted_now_does_not_hide_why()
    {
        var files = new InterceptedFileLayer(
            new ForgetfulFileLayer(),
            (operation, path) => operation switch
            {
                FileOperation.Write => throw SystemError.Create(SystemError.NoSpace, path),
                FileOperation.Delete => throw new IOException("Input/output error"),
                _ => true,
            });

        await ThrowsAsync(Errors.StoreFull, ForgetfulStore.Open(files).CreateAsync(Name, new byte[1], Token));
    }

    [Fact]
    public async Task A_directory_that_is_not_writable_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a directory where not even root may create: /sys.");
        var store = new LocalObjectStore("/sys/kernel/dataresilience-test");

        DataResilienceException error = await ThrowsAsync(Errors.StoreUnwritable, store.CreateAsync(Name, new byte[1], Token));

        Assert.Equal("/sys/kernel/dataresilience-test", error.Target);
        Assert.Null(await store.FindAsync(Name, Token));
    }

    [Fact]
    public void A_disk_that_is_really_full_is_told_from_other_failures()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has a file that is always full: /dev/full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        IOException error = Assert.Throws<IOException>(() => full.Write(new byte[1]));

        Assert.True(SystemError.IsFull(error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("repository")]
    [InlineData("repository/packs")]
    [InlineData("repository/packs/0a")]
    public async Task A_file_where_a_directory_should_be_makes_the_store_unusable(string place)
    {
        string file = Path.Join(directory.Path, "top", place);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "not a directory", Token);
        var store = new LocalObjectStore(Path.Join(directory.Path, "top", "repository"));

        await ThrowsAsync(Errors.StoreUnreachable, store.CreateAsync(Name, new byte[1], Token));
        await ThrowsAsync(Errors.StoreUnreachable, store.ReadAsync(Name, 0, new byte[1], Token));
        await ThrowsAsync(Errors.StoreUnreachable, store.FindAsync(Name, Token));
        await ThrowsAsync(Errors.StoreUnreachable, store.DeleteAsync(Name, Token));
        await ThrowsAsync(Errors.StoreUnreachable, ListAsync(store, "packs/0a/"));
    }

    [Fact]
    public async Task A_directory_under_the_name_of_an_object_is_not_taken_for_the_object()
    {
        var store = new LocalObjectStore(directory.Path);
        await store.CreateAsync(Name, new byte[1], Token);

        await ThrowsAsync(Errors.StoreUnreachable, store.CreateAsync("packs/0a", new byte[1], Token));

        Assert.Empty(Directory.GetFiles(Path.Join(directory.Path, "tmp")));
    }

    [Fact]
    public async Task A_store_whose_directory_vanished_is_not_begun_anew()
    {
        string root = Path.Join(directory.Path, "mounted");
        var store = new LocalObjectStore(root);
        await store.CreateAsync(Name, new byte[1], Token);
        Directory.Delete(root, recursive: true);

        await ThrowsAsync(Errors.StoreUnreachable, store.CreateAsync(Name, new byte[1], Token));

        Assert.False(Directory.Exists(root));
    }

    private static async Task<DataResilienceException> ThrowsAsync(ErrorDefinition expected, Task task)
    {
        DataResilienceException error = await Assert.ThrowsAsync<DataResilienceException>(() => task);
        Assert.Equal(expected.Code, error.ErrorCode);
        Assert.NotNull(error.InnerException);
        return error;
    }

    /// <summary>Fails each step of a create once, in a new store each time; returns which kinds of steps failed.</summary>
    private static async Task<List<FileOperation>> FailAtEachStepAsync(Func<string, Exception> failure, ErrorDefinition expected)
    {
        var failed = new List<FileOperation>();
        for (int step = 1, failedBefore = -1; failed.Count > failedBefore; step++)
        {
            failedBefore = failed.Count;
            int changes = 0;
            var files = new ForgetfulFileLayer();
            var failing = new InterceptedFileLayer(files, (operation, path) =>
            {
                if (IsChange(operation) && ++changes == step)
                {
                    failed.Add(operation);
                    throw failure(path);
                }

                return true;
            });
            await AttemptAsync(files, failing, expected, failed, failedBefore);
        }

        return failed;
    }

    private static async Task AttemptAsync(
        ForgetfulFileLayer files,
        InterceptedFileLayer failing,
        ErrorDefinition expected,
        List<FileOperation> failed,
        int failedBefore)
    {
        Task<bool> creating = ForgetfulStore.Open(failing).CreateAsync(Name, new byte[100], Token);
        await Task.WhenAny(creating);
        if (failed.Count > failedBefore)
        {
            await ThrowsAsync(expected, creating);
        }

        Assert.Empty(files.List(ForgetfulStore.Root + "/tmp"));
        Assert.All(await ListAsync(ForgetfulStore.Open(files), ""), found => Assert.Equal((Name, 100L), (found.Name, found.Size)));
        Assert.False(await ForgetfulStore.Open(files).CreateAsync(Name, new byte[100], Token) && creating.IsCompletedSuccessfully);
    }

    private static bool IsChange(FileOperation operation) =>
        operation is not (FileOperation.Open or FileOperation.Read or FileOperation.List or FileOperation.Delete);

    private static async Task<List<ObjectDescription>> ListAsync(LocalObjectStore store, string prefix)
    {
        var found = new List<ObjectDescription>();
        await foreach (ObjectDescription description in store.ListAsync(prefix, Token))
        {
            found.Add(description);
        }

        return found;
    }
}
