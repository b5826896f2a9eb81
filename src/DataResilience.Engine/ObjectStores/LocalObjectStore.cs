using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DataResilience.Providers;

namespace DataResilience.Engine.ObjectStores;

/// <summary>
/// Objects as files under a directory. An object is written under a temporary name, synced, renamed into place without
/// replacing, and its directory synced: a crash at any point leaves it whole or absent, and at most a file in <c>tmp/</c>.
/// </summary>
internal sealed class LocalObjectStore : IObjectStore
{
    private readonly IFileLayer files;
    private readonly string root;
    private readonly DurableDirectories directories;
    private readonly TemporaryFolder temporary;

    /// <summary>Opens a store on the files of the operating system; touches nothing.</summary>
    /// <param name="root">The full path of its directory, which need not be there.</param>
    public LocalObjectStore(string root)
        : this(root, new PhysicalFileLayer(), () => RandomNumberGenerator.GetHexString(32, lowercase: true))
    {
    }

    /// <summary>Opens a store; touches nothing.</summary>
    /// <param name="root">The full path of its directory, which need not be there.</param>
    /// <param name="files">The files.</param>
    /// <param name="newTemporaryName">Draws a name that no other process draws.</param>
    public LocalObjectStore(string root, IFileLayer files, Func<string> newTemporaryName)
    {
        this.root = Path.TrimEndingDirectorySeparator(root);
        this.files = files;
        directories = new DurableDirectories(files, this.root);
        temporary = new TemporaryFolder(files, Path.Join(this.root, ObjectName.TemporaryFolder), newTemporaryName);
    }

    public string Location => root;

    public Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return RunAsync(() => Create(PathOf(name), content, cancellationToken), isWrite: true, cancellationToken);
    }

    public Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return RunAsync(() => Read(PathOf(name), offset, destination.Span), isWrite: false, cancellationToken);
    }

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return RunAsync(() => Find(name), isWrite: false, cancellationToken);
    }

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ObjectName.CheckPrefix(prefix);
        return WalkAsync(prefix, cancellationToken);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return RunAsync(() => Delete(PathOf(name)), isWrite: true, cancellationToken);
    }

    private bool Create(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string directory = Path.GetDirectoryName(path)!;
        directories.SyncShown();
        directories.Make(temporary.Path);
        directories.Make(directory);
        bool created = !Exists(path) && Place(path, content, cancellationToken);

        // Also for an object that was there: whoever created it may have been killed before this step.
        files.SyncDirectory(directory);
        return created;
    }

    private bool Place(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string file = temporary.Write(content, cancellationToken);
        bool renamed = false;
        try
        {
            renamed = files.Rename(file, path);
        }
        finally
        {
            if (!renamed)
            {
                temporary.Discard(file);
            }
        }

        // The name was taken: by an object, or else by a directory, of which "there already" would be a lie.
        return renamed || Exists(path) ? renamed : throw SystemError.Create(SystemError.Exists, path);
    }

    // Opened for each read: that costs 15 microseconds, where decompressing the chunk that is read takes some 2,000.
    private int? Read(string path, long offset, Span<byte> destination)
    {
        using IStoredFile? file = files.OpenFile(path);
        return file?.Read(offset, destination);
    }

    private ObjectDescription? Find(string name)
    {
        string path = PathOf(name);
        using IStoredFile? file = files.OpenFile(path);
        if (file is null)
        {
            return null;
        }

        directories.Show(Path.GetDirectoryName(path)!);
        return new ObjectDescription(name, file.Size, file.ModifiedAt);
    }

    private bool Exists(string path)
    {
        using IStoredFile? file = files.OpenFile(path);
        return file is not null;
    }

    private bool Delete(string path)
    {
        if (!Exists(path))
        {
            return false;
        }

        files.DeleteFile(path);
        files.SyncDirectory(Path.GetDirectoryName(path)!);
        return true;
    }

    private async IAsyncEnumerable<ObjectDescription> WalkAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var levels = new Stack<Queue<ObjectFolderEntry>>();
        levels.Push(await OpenFolderAsync(prefix[..(prefix.LastIndexOf('/') + 1)], prefix, cancellationToken));
        while (levels.TryPeek(out Queue<ObjectFolderEntry>? entries))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!entries.TryDequeue(out ObjectFolderEntry? entry))
            {
                levels.Pop();
            }
            else if (entry.Object is { } found)
            {
                yield return found;
            }
            else
            {
                levels.Push(await OpenFolderAsync(entry.Key, prefix, cancellationToken));
            }
        }
    }

    private Task<Queue<ObjectFolderEntry>> OpenFolderAsync(string folder, string prefix, CancellationToken cancellationToken) =>
        RunAsync(() => OpenFolder(folder, prefix), isWrite: false, cancellationToken);

    private Queue<ObjectFolderEntry> OpenFolder(string folder, string prefix)
    {
        string path = Path.TrimEndingDirectorySeparator(PathOf(folder));
        Queue<ObjectFolderEntry> entries = ObjectFolder.Read(files, path, folder, prefix);
        if (entries.Count > 0)
        {
            directories.Show(path);
        }

        return entries;
    }

    private string PathOf(string name) => Path.Join(root, name.Replace('/', Path.DirectorySeparatorChar));

    // Files have no asynchronous calls on Unix: .NET itself hands them to the thread pool.
    private async Task<T> RunAsync<T>(Func<T> work, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        catch (Exception exception) when (LocalStoreFailure.From(exception, root, isWrite) is not null)
        {
            throw LocalStoreFailure.From(exception, root, isWrite)!;
        }
    }
}
