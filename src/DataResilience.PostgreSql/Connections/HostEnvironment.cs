namespace DataResilience.PostgreSql;

/// <summary>What connection settings are read from, beside the endpoint.</summary>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="Exists">Whether there is a file, or a socket.</param>
/// <param name="ReadLines">Reads a text file.</param>
internal sealed record HostEnvironment(Func<string, string?> Variable, Func<string, bool> Exists, Func<string, IReadOnlyList<string>> ReadLines)
{
    /// <summary>This host.</summary>
    internal static HostEnvironment Local { get; } = new(Environment.GetEnvironmentVariable, File.Exists, File.ReadAllLines);

    /// <summary>A file of PostgreSQL's in the user's home directory; null where the user has none.</summary>
    internal string? InHome(string onUnix, string onWindows)
    {
        string? home = Value(OperatingSystem.IsWindows() ? "APPDATA" : "HOME");
        return home is null ? null : Path.Combine(home, OperatingSystem.IsWindows() ? onWindows : onUnix);
    }

    /// <summary>A variable that is not empty.</summary>
    internal string? Value(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;
}
