using DataResilience.Engine.ObjectStores;

namespace DataResilience.Testing.FileLayers;

/// <summary>
/// A POSIX file system in memory that keeps over a failure of power only what it must: the bytes of a file up to its last
/// fsync, and the names in a directory up to its last fsync. Of the rest a seed decides what survives.
/// </summary>
internal sealed class ForgetfulFileLayer : IFileLayer
{
    private readonly Lock gate = new();
    private readonly SimulatedDirectory top;
    private readonly UnsyncedNames unsynced = new();
    private DateTimeOffset now;

    public ForgetfulFileLayer()
        : this(new SimulatedDirectory(), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    private ForgetfulFileLayer(SimulatedDirectory top, DateTimeOffset now)
    {
        this.top = top;
        this.now = now;
    }

    /// <summary>What a failure of power in this moment leaves, by one seed. This layer is not changed.</summary>
    public ForgetfulFileLayer AfterPowerFailure(int seed)
    {
        lock (gate)
        {
            var damage = new PowerFailure(new Random(seed));
            return new ForgetfulFileLayer(damage.Survivors(top, unsynced), now);
        }
    }

    /// <summary>Lets the clock of the file system go forward.</summary>
    public void Advance(TimeSpan time)
    {
        lock (gate)
        {
            now += time;
        }
    }

    public INewFile CreateFile(string path)
    {
        lock (gate)
        {
            (SimulatedDirectory parent, string name) = Locate(path);
            if (parent.Entries.ContainsKey(name))
            {
                throw SystemError.Create(SystemError.Exists, path);
            }

            var file = new SimulatedFile { ModifiedAt = Tick() };
            unsynced.Apply(new NameChange(parent, name, file));
            return new NewFile(this, file);
        }
    }

    public IStoredFile? OpenFile(string path)
    {
        lock (gate)
        {
            return Find(path) is SimulatedFile file ? new StoredFile(file.Content, file.ModifiedAt) : null;
        }
    }

    public bool Rename(string from, string to)
    {
        lock (gate)
        {
            (SimulatedDirectory source, string oldName) = Locate(from);
            (SimulatedDirectory target, string newName) = Locate(to);
            if (target.Entries.ContainsKey(newName))
            {
                return false;
            }

            SimulatedNode node = source.Entries.GetValueOrDefault(oldName) ?? throw new FileNotFoundException("No such file", from);
            unsynced.Apply(new NameChange(target, newName, node), new NameChange(source, oldName, null));
            return true;
        }
    }

    public void DeleteFile(string path)
    {
        lock (gate)
        {
            if (Find(path) is SimulatedFile)
            {
                (SimulatedDirectory parent, string name) = Locate(path);
                unsynced.Apply(new NameChange(parent, name, null));
            }
        }
    }

    public bool MakeDirectory(string path)
    {
        lock (gate)
        {
            (SimulatedDirectory parent, string name) = Locate(path);
            switch (parent.Entries.GetValueOrDefault(name))
            {
                case SimulatedDirectory:
                    return false;
                case SimulatedFile:
                    throw SystemError.Create(SystemError.NotADirectory, path);
                default:
                    unsynced.Apply(new NameChange(parent, name, new SimulatedDirectory()));
                    return true;
            }
        }
    }

    public void SyncDirectory(string path)
    {
        lock (gate)
        {
            unsynced.Sync(Find(path) as SimulatedDirectory ?? throw new DirectoryNotFoundException(path));
        }
    }

    public IEnumerable<FileEntry> List(string path)
    {
        lock (gate)
        {
            return Find(path) switch
            {
                SimulatedDirectory directory => [.. directory.Entries.Select(Describe)],
                null => Array.Empty<FileEntry>(),
                _ => throw SystemError.Create(SystemError.NotADirectory, path),
            };
        }
    }

    private static FileEntry Describe(KeyValuePair<string, SimulatedNode> entry) =>
        entry.Value is SimulatedFile file
            ? new FileEntry(entry.Key, false, file.Content.Length, file.ModifiedAt)
            : new FileEntry(entry.Key, true, 0, default);

    private static string[] Split(string path) => path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);

    private DateTimeOffset Tick() => now += TimeSpan.FromMilliseconds(1);

    private SimulatedNode? Find(string path)
    {
        SimulatedNode? node = top;
        foreach (string part in Split(path))
        {
            SimulatedDirectory? directory = node as SimulatedDirectory;
            if (node is SimulatedFile)
            {
                throw SystemError.Create(SystemError.NotADirectory, path);
            }

            node = directory?.Entries.GetValueOrDefault(part);
        }

        return node;
    }

    private (SimulatedDirectory Parent, string Name) Locate(string path)
    {
        string[] parts = Split(path);
        return Find(string.Join('/', parts[..^1])) switch
        {
            SimulatedDirectory parent => (parent, parts[^1]),
            null => throw new DirectoryNotFoundException(path),
            _ => throw SystemError.Create(SystemError.NotADirectory, path),
        };
    }

    private sealed class NewFile(ForgetfulFileLayer layer, SimulatedFile file) : INewFile
    {
        public void Write(ReadOnlySpan<byte> content)
        {
            lock (layer.gate)
            {
                file.Content = [.. file.Content, .. content];
                file.ModifiedAt = layer.Tick();
            }
        }

        public void Sync()
        {
            lock (layer.gate)
            {
                file.SyncedContent = file.Content;
            }
        }

        public void Dispose()
        {
            // Closing a file makes nothing durable (close(2)).
        }
    }

    private sealed class StoredFile(byte[] content, DateTimeOffset modifiedAt) : IStoredFile
    {
        public long Size => content.Length;

        public DateTimeOffset ModifiedAt => modifiedAt;

        public int Read(long offset, Span<byte> destination)
        {
            int start = (int)Math.Min(offset, content.Length);
            int count = Math.Min(destination.Length, content.Length - start);
            content.AsSpan(start, count).CopyTo(destination);
            return count;
        }

        public void Dispose()
        {
            // There is nothing to close.
        }
    }
}
