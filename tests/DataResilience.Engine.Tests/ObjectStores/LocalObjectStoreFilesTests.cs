using DataResilience.Engine.ObjectStores;
using DataResilience.Providers;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Engine.Tests.ObjectStores;

/// <summary>What a local store leaves on the disk, and when.</summary>
public sealed class LocalObjectStoreFilesTests : IDisposable
{
    private const string Name = "packs/0a/0123";
    private const string TemporaryFolder = ForgetfulStore.Root + "/tmp";

    private readonly TemporaryDirectory directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task An_object_is_not_listed_before_it_is_renamed_into_place()
    {
        var files = new ForgetfulFileLayer();
        LocalObjectStore reader = ForgetfulStore.Open(files);
        var listed = new List<(FileOperation Before, int Objects)>();
        var watched = new InterceptedFileLayer(files, (operation, _) =>
        {
            listed.Add((operation, reader.ListAsync("", Token).ToBlockingEnumerable(Token).Count()));
            return true;
        });

        await ForgetfulStore.Open(watched).CreateAsync(Name, new byte[100], Token);

        int renamed = listed.FindIndex(seen => seen.Before == FileOperation.Rename);
        Assert.All(listed[..(renamed + 1)], seen => Assert.Equal(0, seen.Objects));
        Assert.All(listed[(renamed + 1)..], seen => Assert.Equal((FileOperation.SyncDirectory, 1), seen));
        Assert.Single(listed[(renamed + 1)..]);
    }

    [Fact]
    public async Task A_create_that_is_cancelled_at_any_step_leaves_no_temporary_file()
    {
        const int PackBytes = 16 * 1024 * 1024;
        int cancelled = 0;
        for (int step = 1; step <= 20; step++)
        {
            using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var files = new ForgetfulFileLayer();
            int steps = 0;
            var cancelling = new InterceptedFileLayer(files, (_, _) =>
            {
                if (++steps == step)
                {
                    source.Cancel();
                }

                return true;
            });
            Task<bool> creating = ForgetfulStore.Open(cancelling).CreateAsync(Name, new byte[PackBytes], source.Token);
            await Task.WhenAny(creating);

            cancelled += creating.IsCanceled ? 1 : 0;
            Assert.Empty(files.List(TemporaryFolder));
            ObjectDescription? found = await ForgetfulStore.Open(files).FindAsync(Name, Token);
            Assert.Equal(creating.IsCanceled ? null : PackBytes, found?.Size);
        }

        Assert.InRange(cancelled, 5, 19);
    }

    [Fact]
    public async Task Leftovers_of_killed_processes_go_after_a_day_by_the_clock_of_the_file_system()
    {
        var files = new ForgetfulFileLayer();
        await ForgetfulStore.Open(files).CreateAsync(Name, new byte[1], Token);
        files.CreateFile(TemporaryFolder + "/old").Dispose();
        files.Advance(TimeSpan.FromHours(20));
        files.CreateFile(TemporaryFolder + "/young").Dispose();
        files.Advance(TimeSpan.FromHours(5));

        await ForgetfulStore.Open(files).CreateAsync("packs/0a/other", new byte[1], Token);

        Assert.Equal("young", Assert.Single(files.List(TemporaryFolder)).Name);
    }

    [Fact]
    public async Task Leftovers_that_cannot_be_deleted_do_no_harm()
    {
        var files = new ForgetfulFileLayer();
        await ForgetfulStore.Open(files).CreateAsync(Name, new byte[1], Token);
        files.CreateFile(TemporaryFolder + "/old").Dispose();
        files.Advance(TimeSpan.FromDays(2));
        var denying = new InterceptedFileLayer(
            files,
            (operation, path) => operation == FileOperation.Delete ? throw new UnauthorizedAccessException(path) : true);

        Assert.True(await ForgetfulStore.Open(denying).CreateAsync("packs/0a/other", new byte[1], Token));
    }

    [Fact]
    public async Task Files_and_directories_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has access control lists, which are inherited.");
            return;
        }

        string root = Path.Join(directory.Path, "new", "repository");
        await new LocalObjectStore(root).CreateAsync(Name, new byte[1], Token);

        const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(OwnerFile, File.GetUnixFileMode(Path.Join(root, Name)));
        foreach (string made in new[] { Path.GetDirectoryName(root)!, root, Path.Join(root, "tmp"), Path.Join(root, "packs/0a") })
        {
            Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
        }
    }

    [Fact]
    public async Task What_cannot_be_an_object_is_not_listed()
    {
        var store = new LocalObjectStore(directory.Path);
        await store.CreateAsync(Name, new byte[1], Token);
        Directory.CreateDirectory(Path.Join(directory.Path, "lost+found", "deeper"));
        await File.WriteAllTextAsync(Path.Join(directory.Path, "packs", "copy of 0a"), "", Token);
        await File.WriteAllTextAsync(Path.Join(directory.Path, "tmp", "leftover"), "", Token);

        Assert.Equal(Name, Assert.Single(store.ListAsync("", Token).ToBlockingEnumerable(Token)).Name);
        Assert.Empty(store.ListAsync("tmp/", Token).ToBlockingEnumerable(Token));
    }

    [Fact]
    public void Files_that_vanish_while_a_directory_is_listed_are_left_out()
    {
        for (int index = 0; index < 1000; index++)
        {
            File.WriteAllText(Path.Join(directory.Path, $"{index}"), "content");
        }

        var seen = new List<FileEntry>();
        foreach (FileEntry entry in new PhysicalFileLayer().List(directory.Path))
        {
            seen.Add(entry);
            foreach (string other in Directory.GetFiles(directory.Path).Where(path => Path.GetFileName(path) != entry.Name))
            {
                File.Delete(other);
            }
        }

        Assert.All(seen, entry => Assert.Equal(7, entry.Size));
        Assert.InRange(seen.Count, 1, 2);
    }

    [Fact]
    public async Task A_store_whose_directory_is_not_there_is_empty_and_is_not_made_by_looking()
    {
        string root = Path.Join(directory.Path, "missing", "repository");
        var store = new LocalObjectStore(root);

        Assert.Null(await store.FindAsync(Name, Token));
        Assert.Null(await store.ReadAsync(Name, 0, new byte[1], Token));
        Assert.Empty(store.ListAsync("packs/", Token).ToBlockingEnumerable(Token));
        await store.DeleteAsync(Name, Token);

        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task A_second_object_in_a_directory_costs_two_syncs_and_one_rename()
    {
        var files = new InterceptedFileLayer(new ForgetfulFileLayer(), (_, _) => true);
        LocalObjectStore store = ForgetfulStore.Open(files);
        await store.CreateAsync(Name, new byte[1], Token);
        string first = files.Counts.ToString();

        await store.CreateAsync("packs/0a/other", new byte[1], Token);

        Assert.Equal("Create 1, Write 1, SyncFile 1, Rename 1, MakeDirectory 6, SyncDirectory 6, Open 1, List 1", first);
        Assert.Equal("Create 2, Write 2, SyncFile 2, Rename 2, MakeDirectory 6, SyncDirectory 7, Open 2, List 1", files.Counts.ToString());
    }
}
