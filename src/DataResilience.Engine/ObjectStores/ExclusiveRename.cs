using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace DataResilience.Engine.ObjectStores;

/// <summary>
/// Renaming without replacing on Unix, where rename(2) replaces. Three ways, the best that the file system has: each says
/// true for renamed, false for "that name is taken", and null for "not on this file system".
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class ExclusiveRename
{
    public static bool Rename(string from, string to) =>
        (OperatingSystem.IsLinux() ? ByKernel(from, to) : null) ?? ByLink(from, to) ?? ByLock(from, to);

    /// <summary>renameat2(2): "RENAME_NOREPLACE requires support from the underlying filesystem"; NFS and many of FUSE have none.</summary>
    [SupportedOSPlatform("linux")]
    public static bool? ByKernel(string from, string to)
    {
        try
        {
            return Outcome(UnixFile.RenameNoReplace(from, to), to);
        }
        catch (EntryPointNotFoundException)
        {
            return null; // A C library without the call: glibc before 2.28, musl before 1.2.6.
        }
    }

    /// <summary>link(2) does not overwrite. A crash in between leaves both names; the temporary one is cleared up later.</summary>
    public static bool? ByLink(string from, string to)
    {
        bool? linked = Outcome(UnixFile.HardLink(from, to), to);
        if (linked == true)
        {
            File.Delete(from);
        }

        return linked;
    }

    /// <summary>
    /// Looking and renaming while holding flock(2) on the directory of <paramref name="from"/>, for file systems with neither
    /// call, such as shared folders of virtual machines. It excludes other processes; other hosts only if the file system
    /// passes locks on to its server. The name is never taken by an empty file first: a crash would leave a part of an object.
    /// </summary>
    public static bool ByLock(string from, string to)
    {
        string directory = Path.GetDirectoryName(from)!;
        using SafeFileHandle handle = UnixFile.OpenDirectory(directory);
        int errno = UnixFile.LockExclusively(handle);
        if (errno != 0)
        {
            throw UnixFile.Failure(errno, directory);
        }

        if (Path.Exists(to))
        {
            return false;
        }

        File.Move(from, to, overwrite: true);
        return true;
    }

    private static bool? Outcome(int errno, string path) => errno switch
    {
        0 => true,
        _ when errno == SystemError.Exists => false,
        _ when UnixFile.IsUnsupported(errno) => null,
        UnixFile.InvalidArgument or UnixFile.NotPermitted or UnixFile.TooManyLinks => null,
        _ => throw UnixFile.Failure(errno, path),
    };
}
