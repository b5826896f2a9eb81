using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DataResilience.Sqlite;

/// <summary>Makes files and their names survive a loss of power.</summary>
internal static partial class DurableFile
{
    internal static void Flush(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Makes a rename in a directory durable. Windows has no such call: its journal keeps the order.</summary>
    internal static void FlushDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(directory, 0);
        if (descriptor < 0)
        {
            throw new IOException($"'{directory}' cannot be opened.", new Win32Exception());
        }

        int result = Synchronize(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = CloseDescriptor(descriptor);
        if (result != 0)
        {
            throw new IOException($"'{directory}' cannot be flushed.", new Win32Exception(error));
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
