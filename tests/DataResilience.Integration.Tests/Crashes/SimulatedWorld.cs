using DataResilience.Engine.ObjectStores;
using DataResilience.Providers;
using DataResilience.Testing;
using DataResilience.Testing.Databases;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>
/// A host whose repository lies on simulated files and whose databases are in memory. What clients remember is real files, which
/// follow the host from copy to copy. Processes are started on it, and it is copied as a failure of power leaves it.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    /// <summary>In a directory whose parent is not there either.</summary>
    internal const string Location = "/backups/repository";

    private static int seeds;

    private readonly TemporaryDirectory? ownDirectory;
    private readonly string directory;
    private readonly string state;
    private readonly ScriptedProcesses processes;

    internal SimulatedWorld()
    {
        ownDirectory = new TemporaryDirectory();
        directory = ownDirectory.Path;
        state = Path.Combine(directory, "state-0");
        Files = new ForgetfulFileLayer();
        processes = new ScriptedProcesses();
    }

    private SimulatedWorld(SimulatedWorld before, ForgetfulFileLayer files)
    {
        directory = before.directory;
        state = Path.Combine(directory, $"state-{Interlocked.Increment(ref seeds)}");
        Files = files;
        processes = before.processes;
        processes.KillAll();
        CopyState(before.state);
        foreach ((string name, MemoryDatabase database) in before.Sources)
        {
            Sources[name] = database;
        }
    }

    internal ForgetfulFileLayer Files { get; }

    /// <summary>The databases that can be backed up.</summary>
    internal Dictionary<string, MemoryDatabase> Sources { get; } = new(StringComparer.Ordinal);

    internal string PathOf(string name) => Path.Combine(directory, name);

    /// <summary>Starts a process; those before it run on.</summary>
    /// <param name="files">The files it sees; those of this world if null.</param>
    /// <param name="around">Puts something between the process and its store.</param>
    /// <param name="keyFile">The key it uses; the owner's if null.</param>
    internal SimulatedProcess Start(IFileLayer? files = null, Func<IObjectStore, IObjectStore>? around = null, string? keyFile = null)
    {
        var databases = new MemoryDatabaseProvider();
        foreach ((string name, MemoryDatabase database) in Sources)
        {
            databases[name] = database;
        }

        var random = new SeededRandomSource(Interlocked.Increment(ref seeds));
        return new SimulatedProcess(new FileLayerStoreProvider(files ?? Files, around), databases, processes.Start(), random, state, keyFile ?? PathOf("owner.key"));
    }

    /// <summary>The host after its power failed in this moment; a seed decides what of the unsynced survives.</summary>
    internal SimulatedWorld AfterPowerFailure(int seed) => new(this, Files.AfterPowerFailure(seed));

    /// <summary>The same host with the same files, every process killed.</summary>
    internal SimulatedWorld AfterKill() => new(this, Files);

    /// <summary>A host of its own that has the same in its files.</summary>
    internal SimulatedWorld Copy()
    {
        Sync("/");
        return AfterPowerFailure(0);
    }

    public void Dispose()
    {
        if (Directory.Exists(state))
        {
            Directory.Delete(state, recursive: true);
        }

        ownDirectory?.Dispose();
    }

    private void Sync(string folder)
    {
        Files.SyncDirectory(folder);
        foreach (FileEntry entry in Files.List(folder).Where(entry => entry.IsDirectory))
        {
            Sync($"{folder.TrimEnd('/')}/{entry.Name}");
        }
    }

    private void CopyState(string before)
    {
        if (!Directory.Exists(before))
        {
            return;
        }

        Directory.CreateDirectory(state);
        foreach (string file in Directory.EnumerateFiles(before))
        {
            File.Copy(file, Path.Combine(state, Path.GetFileName(file)));
        }
    }
}
