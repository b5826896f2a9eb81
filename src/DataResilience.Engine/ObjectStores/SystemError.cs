namespace DataResilience.Engine.ObjectStores;

/// <summary>
/// The errors of the operating system that mean something to a store, as .NET reports them in <see cref="Exception.HResult"/>:
/// the bare errno on Unix (errno(3)), HRESULT_FROM_WIN32 on Windows (winerror.h).
/// </summary>
internal static class SystemError
{
    /// <summary>No space is left: ENOSPC, ERROR_DISK_FULL.</summary>
    public static int NoSpace { get; } = OperatingSystem.IsWindows() ? Windows(112) : 28;

    /// <summary>The quota is used up: EDQUOT, ERROR_DISK_QUOTA_EXCEEDED.</summary>
    public static int QuotaExceeded { get; } =
        OperatingSystem.IsWindows() ? Windows(1295) : OperatingSystem.IsLinux() ? 122 : 69;

    /// <summary>The file is larger than the file system or a limit allows: EFBIG, ERROR_FILE_TOO_LARGE.</summary>
    public static int FileTooLarge { get; } = OperatingSystem.IsWindows() ? Windows(223) : 27;

    /// <summary>The file system is mounted to be read only: EROFS, ERROR_WRITE_PROTECT.</summary>
    public static int ReadOnly { get; } = OperatingSystem.IsWindows() ? Windows(19) : 30;

    /// <summary>A part of a path is a file: ENOTDIR, ERROR_DIRECTORY.</summary>
    public static int NotADirectory { get; } = OperatingSystem.IsWindows() ? Windows(267) : 20;

    /// <summary>There is something of that name: EEXIST, ERROR_ALREADY_EXISTS.</summary>
    public static int Exists { get; } = OperatingSystem.IsWindows() ? Windows(183) : 17;

    /// <summary>Makes the exception that .NET would throw.</summary>
    public static IOException Create(int error, string path) => new($"{Describe(error)}: '{path}'", error);

    /// <summary>Whether an exception says that there is no room.</summary>
    public static bool IsFull(Exception exception) =>
        exception is IOException
        && (exception.HResult == NoSpace
            || exception.HResult == QuotaExceeded
            || exception.HResult == FileTooLarge
            || (OperatingSystem.IsWindows() && exception.HResult == Windows(39))); // ERROR_HANDLE_DISK_FULL

    /// <summary>Whether an exception says that there is something of that name.</summary>
    public static bool IsExists(IOException exception) =>
        exception.HResult == Exists || (OperatingSystem.IsWindows() && exception.HResult == Windows(80)); // ERROR_FILE_EXISTS

    /// <summary>Whether an exception says that this account may not do it here.</summary>
    public static bool IsDenied(Exception exception) =>
        exception is UnauthorizedAccessException || (exception is IOException && exception.HResult == ReadOnly);

    private static int Windows(int code) => unchecked((int)0x80070000) | code;

    private static string Describe(int error) =>
        error == NoSpace ? "No space left on device"
        : error == NotADirectory ? "Not a directory"
        : error == Exists ? "File exists"
        : error == ReadOnly ? "Read-only file system"
        : $"System error {error}";
}
