using Microsoft.Win32.SafeHandles;

namespace DataResilience.Engine.ObjectStores;

/// <summary>A file of the operating system that is open for reading; others may delete it meanwhile.</summary>
internal sealed class PhysicalStoredFile : IStoredFile
{
    private readonly SafeFileHandle handle;

    public PhysicalStoredFile(string path) =>
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public long Size => RandomAccess.GetLength(handle);

    public DateTimeOffset ModifiedAt => new(File.GetLastWriteTimeUtc(handle));

    public int Read(long offset, Span<byte> destination)
    {
        int total = 0;
        while (total < destination.Length)
        {
            int count = RandomAccess.Read(handle, destination[total..], offset + total);
            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }

    public void Dispose() => handle.Dispose();
}
