using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys.Memory;

/// <summary>A folder of small JSON files that several processes read and change. Files are replaced in one step.</summary>
internal sealed class MemoryFolder(string directory, TimeProvider time, IRandomSource random)
{
    private const string LockName = ".lock";
    private const int MaxBytes = 16 * 1024 * 1024;
    private const int LockAttempts = 40;
    private const int SuffixBytes = 8;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    /// <summary>The folder of a client.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>A full path; null if the environment names no place for state.</returns>
    internal static string? DefaultDirectory(Func<string, string?> environment)
    {
        if (environment("DATARESILIENCE_STATE") is { Length: > 0 } chosen)
        {
            return Path.IsPathFullyQualified(chosen) ? chosen : null;
        }

        // XDG Base Directory Specification: state goes to $XDG_STATE_HOME, ~/.local/state by default; relative paths are invalid.
        string? home = environment("HOME") is { Length: > 0 } userHome ? Path.Combine(userHome, ".local", "state") : null;
        string? root = OperatingSystem.IsWindows()
            ? environment("LOCALAPPDATA")
            : environment("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathFullyQualified(state) ? state : home;
        return string.IsNullOrEmpty(root) || !Path.IsPathFullyQualified(root) ? null : Path.Combine(root, "DataResilience", "repositories");
    }

    /// <returns>What the file holds; null if there is no such file.</returns>
    /// <exception cref="IOException">It cannot be read, or holds something else.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        string path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            // Shared for deletion, so that on Windows another process can replace it meanwhile.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.Length <= MaxBytes
                ? JsonSerializer.Deserialize(file, type)
                : throw new IOException($"'{path}' is too large.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"'{path}' does not hold what was written there: {exception.Message}", exception);
        }
    }

    /// <summary>Changes a file: what it holds now goes in, what it shall hold comes out, and nobody changes it in between.</summary>
    /// <exception cref="IOException">It cannot be written, or was locked by others all the time.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    internal async Task ChangeAsync<T>(string name, JsonTypeInfo<T> type, Func<T?, T> change, CancellationToken cancellationToken)
        where T : class
    {
        CreateDirectory();
        await using FileStream held = await LockAsync(cancellationToken);
        T? before = Read(name, type);
        T after = change(before);
        if (!after.Equals(before))
        {
            Replace(name, JsonSerializer.SerializeToUtf8Bytes(after, type));
        }
    }

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, Private);
        }
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(directory, LockName);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // Not shared: on Unix .NET takes an flock, which ends with the process.
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(path))
            {
                await Task.Delay(LockPause, time, cancellationToken);
            }
        }
    }

    private void Replace(string name, byte[] content)
    {
        Span<byte> suffix = stackalloc byte[SuffixBytes];
        random.Fill(suffix);
        string temporary = Path.Combine(directory, $"{name}.{Convert.ToHexStringLower(suffix)}.tmp");
        using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path.Combine(directory, name), overwrite: true);
    }
}
