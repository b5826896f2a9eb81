using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace DataResilience.Engine.ObjectStores;

/// <summary>
/// The system calls of Linux and macOS that .NET has no method for. By DllImport: LibraryImport would allow unsafe code in the
/// whole engine.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class UnixFile
{
    public const int InvalidArgument = 22; // EINVAL
    public const int NotPermitted = 1; // EPERM
    public const int TooManyLinks = 31; // EMLINK

    private const int Interrupted = 4; // EINTR
    private const int CurrentDirectory = -100; // AT_FDCWD on Linux; without meaning for an absolute path
    private const uint NoReplace = 1; // RENAME_NOREPLACE
    private const int ReadOnly = 0; // O_RDONLY
    private const int LockExclusive = 2; // LOCK_EX
    private const int FullSync = 51; // F_FULLFSYNC on macOS

    // O_CLOEXEC (fcntl.h): a child process must not inherit the directory, and with it the lock.
    private static readonly int CloseOnExecute = OperatingSystem.IsLinux() ? 0x80000 : 0x1000000;

    /// <summary>EOPNOTSUPP: the file system has no such operation.</summary>
    private static int NotSupported { get; } = OperatingSystem.IsLinux() ? 95 : 102;

    /// <summary>ENOTSUP, which macOS tells from EOPNOTSUPP.</summary>
    private static int NotSupportedByMac { get; } = OperatingSystem.IsLinux() ? 95 : 45;

    /// <summary>ENOSYS: the kernel has no such call.</summary>
    private static int NoSuchCall { get; } = OperatingSystem.IsLinux() ? 38 : 78;

    /// <summary>Opens a directory to sync or lock it.</summary>
    public static SafeFileHandle OpenDirectory(string path)
    {
        int descriptor = Open(path, ReadOnly | CloseOnExecute);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw Failure(Marshal.GetLastPInvokeError(), path);
    }

    /// <summary>renameat2(2) with RENAME_NOREPLACE; the errno, 0 for success.</summary>
    [SupportedOSPlatform("linux")]
    public static int RenameNoReplace(string from, string to) =>
        Errno(RenameAt2(CurrentDirectory, from, CurrentDirectory, to, NoReplace));

    /// <summary>link(2); the errno, 0 for success.</summary>
    public static int HardLink(string from, string to) => Errno(Link(from, to));

    /// <summary>
    /// fsync(2), and F_FULLFSYNC on macOS, where fsync leaves the bytes in the drive's cache (fcntl(2)). Not .NET's own flush:
    /// with fsync made to answer EIO, FileStream.Flush(true) of .NET 10 returned as if all were well.
    /// </summary>
    public static void Sync(SafeFileHandle handle, string path)
    {
        int errno = OperatingSystem.IsMacOS() ? Retried(() => FControl(handle, FullSync)) : NoSuchCall;
        if (errno != 0)
        {
            errno = Retried(() => FSync(handle));
        }

        // What EINVAL and ENOTSUP say is that the file system knows no sync of this, as some network and FUSE ones do of
        // directories: it offers no more. A failed sync is EIO, ENOSPC or EDQUOT.
        if (errno != 0 && !IsUnsupported(errno) && errno != InvalidArgument)
        {
            throw Failure(errno, path);
        }
    }

    /// <summary>Whether an errno says that the kernel or the file system has no such operation.</summary>
    public static bool IsUnsupported(int errno) =>
        errno == NoSuchCall || errno == NotSupported || errno == NotSupportedByMac;

    /// <summary>flock(2): waits until this process alone holds it; the errno, 0 for success.</summary>
    public static int LockExclusively(SafeFileHandle handle) => Retried(() => FLock(handle, LockExclusive));

    /// <summary>The exception that .NET throws for an errno.</summary>
    public static Exception Failure(int errno, string path) => errno switch
    {
        NotPermitted or 13 /* EACCES */ => new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
        2 /* ENOENT */ => new DirectoryNotFoundException($"Could not find a part of the path '{path}'."),
        _ => new IOException($"{Marshal.GetPInvokeErrorMessage(errno)}: '{path}'", errno),
    };

    private static int Retried(Func<int> call)
    {
        int errno;
        do
        {
            errno = Errno(call());
        }
        while (errno == Interrupted);

        return errno;
    }

    private static int Errno(int result) => result != -1 ? 0 : Marshal.GetLastPInvokeError();

    [DllImport(
        "libc",
        EntryPoint = "open",
        CharSet = CharSet.Ansi, // UTF-8 on Unix.
        BestFitMapping = false,
        ThrowOnUnmappableChar = true,
        SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(string path, int flags);

    [DllImport(
        "libc",
        EntryPoint = "renameat2",
        CharSet = CharSet.Ansi, // UTF-8 on Unix.
        BestFitMapping = false,
        ThrowOnUnmappableChar = true,
        SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int RenameAt2(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [DllImport(
        "libc",
        EntryPoint = "link",
        CharSet = CharSet.Ansi, // UTF-8 on Unix.
        BestFitMapping = false,
        ThrowOnUnmappableChar = true,
        SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(string from, string to);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FLock(SafeFileHandle handle, int operation);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(SafeFileHandle handle);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FControl(SafeFileHandle handle, int command);
}
