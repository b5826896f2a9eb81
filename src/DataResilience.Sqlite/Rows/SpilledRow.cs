using System.IO.MemoryMappedFiles;

namespace DataResilience.Sqlite;

/// <summary>
/// A very large row, gathered in a file beside the target: while SQLite makes a record of it, no second copy is in memory.
/// The file has no name as soon as it is open, or loses it when it is closed where names cannot be taken from open files.
/// </summary>
internal sealed unsafe class SpilledRow : IDisposable
{
    private readonly FileStream file;
    private MemoryMappedFile? map;
    private MemoryMappedViewAccessor? view;
    private byte* begin;

    internal SpilledRow(string path)
    {
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // What a process that was killed between the next two steps left.
        File.Delete(path);
        file = new FileStream(path, how);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }

    /// <summary>All of it, page by page as it is looked at; nothing can be appended from then on.</summary>
    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            if (begin is null)
            {
                Map();
            }

            return new ReadOnlySpan<byte>(begin, (int)file.Length);
        }
    }

    internal void Append(ReadOnlySpan<byte> part) => file.Write(part);

    public void Dispose()
    {
        if (begin is not null)
        {
            view!.SafeMemoryMappedViewHandle.ReleasePointer();
            begin = null;
        }

        view?.Dispose();
        map?.Dispose();
        file.Dispose();
    }

    private void Map()
    {
        map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref begin);
    }
}
