using DataResilience.Engine.ObjectStores;

namespace DataResilience.Testing.FileLayers;

/// <summary>Sees every step on a file layer before it is taken, counts it, and may fail it or leave it out.</summary>
internal abstract class FileLayerDecorator(IFileLayer inner) : IFileLayer
{
    private readonly FileOperationCounts counts = new();

    /// <summary>How often each step was asked for.</summary>
    public FileOperationCounts Counts => counts;

    public INewFile CreateFile(string path)
    {
        Step(FileOperation.Create, path);
        return new NewFile(this, inner.CreateFile(path), path);
    }

    public IStoredFile? OpenFile(string path)
    {
        Step(FileOperation.Open, path);
        return inner.OpenFile(path) is { } file ? new StoredFile(this, file, path) : null;
    }

    public bool Rename(string from, string to)
    {
        Step(FileOperation.Rename, to);
        return inner.Rename(from, to);
    }

    public void DeleteFile(string path)
    {
        Step(FileOperation.Delete, path);
        inner.DeleteFile(path);
    }

    public bool MakeDirectory(string path)
    {
        Step(FileOperation.MakeDirectory, path);
        return inner.MakeDirectory(path);
    }

    public void SyncDirectory(string path)
    {
        if (Step(FileOperation.SyncDirectory, path))
        {
            inner.SyncDirectory(path);
        }
    }

    public IEnumerable<FileEntry> List(string path)
    {
        Step(FileOperation.List, path);
        return inner.List(path);
    }

    /// <summary>Whether a step only looks.</summary>
    protected static bool IsReading(FileOperation operation) =>
        operation is FileOperation.Open or FileOperation.Read or FileOperation.List;

    /// <summary>Called before a step is taken; may throw. False leaves the step out, which only a sync heeds.</summary>
    protected abstract bool Admit(FileOperation operation, string path);

    private bool Step(FileOperation operation, string path)
    {
        counts.Add(operation);
        return Admit(operation, path);
    }

    private sealed class NewFile(FileLayerDecorator layer, INewFile inner, string path) : INewFile
    {
        public void Write(ReadOnlySpan<byte> content)
        {
            layer.Step(FileOperation.Write, path);
            inner.Write(content);
        }

        public void Sync()
        {
            if (layer.Step(FileOperation.SyncFile, path))
            {
                inner.Sync();
            }
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class StoredFile(FileLayerDecorator layer, IStoredFile inner, string path) : IStoredFile
    {
        public long Size => inner.Size;

        public DateTimeOffset ModifiedAt => inner.ModifiedAt;

        public int Read(long offset, Span<byte> destination)
        {
            layer.Step(FileOperation.Read, path);
            return inner.Read(offset, destination);
        }

        public void Dispose() => inner.Dispose();
    }
}
