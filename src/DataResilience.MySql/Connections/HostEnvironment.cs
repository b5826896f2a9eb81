namespace DataResilience.MySql;

/// <summary>What connection settings are read from, beside the endpoint.</summary>
internal sealed record HostEnvironment
{
    private const UnixFileMode ByOthers = UnixFileMode.OtherWrite;

    /// <summary>This host.</summary>
    internal static HostEnvironment Local { get; } = new();

    /// <summary>Reads an environment variable.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Whether there is a file, or a socket.</summary>
    internal Func<string, bool> Exists { get; init; } = File.Exists;

    /// <summary>Reads a text file.</summary>
    internal Func<string, IReadOnlyList<string>> ReadLines { get; init; } = File.ReadAllLines;

    /// <summary>The files of a directory, with their paths; none where there is no such directory.</summary>
    internal Func<string, IReadOnlyList<string>> FilesOf { get; init; } = directory => Directory.Exists(directory) ? Directory.GetFiles(directory) : [];

    /// <summary>Whether everybody may write to a file.</summary>
    internal Func<string, bool> IsOpenToAll { get; init; } =
        file => !OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(ByOthers);

    /// <summary>The name of whoever runs this, which is the user that MySQL's own programs log in as when none is named.</summary>
    internal string UserName { get; init; } = Environment.UserName;

    /// <summary>A variable that is not empty.</summary>
    internal string? Value(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;
}
