using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace DataResilience.Engine.ObjectStores;

/// <summary>The files of the operating system: Linux, macOS and Windows.</summary>
internal sealed class PhysicalFileLayer : IFileLayer
{
    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public INewFile CreateFile(string path) => new PhysicalNewFile(path, OwnerReadWrite);

    public IStoredFile? OpenFile(string path)
    {
        try
        {
            return new PhysicalStoredFile(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            RefuseFileAmongParents(path);
            return null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            return null; // .NET refuses to open a directory as if it were denied.
        }
    }

    public bool Rename(string from, string to) =>
        OperatingSystem.IsWindows() ? RenameOnWindows(from, to) : ExclusiveRename.Rename(from, to);

    public void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            RefuseFileAmongParents(path); // Otherwise the file is not there either, which is what was asked for.
        }
    }

    public bool MakeDirectory(string path)
    {
        RefuseFileAmongParents(Path.Join(path, "entry"));
        if (Directory.Exists(path))
        {
            return false;
        }

        // Directory.CreateDirectory would make the parents too, with rights of their own and unnoticed by the caller.
        if (Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent))
        {
            throw new DirectoryNotFoundException($"Could not find a part of the path '{path}'.");
        }

        CreateOwnersDirectory(path);
        return true;
    }

    public void SyncDirectory(string path)
    {
        // Windows has no such call: NTFS writes names to its journal, and FlushFileBuffers wants a handle to write through.
        if (!OperatingSystem.IsWindows())
        {
            SyncUnixDirectory(path);
        }
    }

    public IEnumerable<FileEntry> List(string path)
    {
        if (!Directory.Exists(path))
        {
            RefuseFileAmongParents(Path.Join(path, "entry"));
            yield break;
        }

        var options = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };
        foreach (FileSystemInfo info in new DirectoryInfo(path).EnumerateFileSystemInfos("*", options))
        {
            // Asked again: what .NET filled in while enumerating reads as empty and from 1601 if the file vanished meanwhile.
            info.Refresh();
            if (info.Exists)
            {
                long size = info is FileInfo file ? file.Length : 0;
                yield return new FileEntry(info.Name, info is DirectoryInfo, size, new DateTimeOffset(info.LastWriteTimeUtc));
            }
        }
    }

    private static void CreateOwnersDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path); // Its access control list is inherited from the parent.
        }
        else
        {
            Directory.CreateDirectory(path, OwnerReadWrite | UnixFileMode.UserExecute);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void SyncUnixDirectory(string path)
    {
        using SafeFileHandle handle = UnixFile.OpenDirectory(path);
        UnixFile.Sync(handle, path);
    }

    [SupportedOSPlatform("windows")]
    private static bool RenameOnWindows(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false); // MoveFileEx without MOVEFILE_REPLACE_EXISTING.
            return true;
        }
        catch (IOException exception) when (SystemError.IsExists(exception))
        {
            return false;
        }
    }

    /// <summary>.NET says "not found" where a part of the path is a file (ENOTDIR); a store must tell the two apart.</summary>
    private static void RefuseFileAmongParents(string path)
    {
        for (string? parent = Path.GetDirectoryName(path); !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
        {
            if (Directory.Exists(parent))
            {
                return;
            }

            if (File.Exists(parent))
            {
                throw SystemError.Create(SystemError.NotADirectory, parent);
            }
        }
    }
}
