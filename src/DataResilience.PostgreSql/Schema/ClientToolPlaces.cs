namespace DataResilience.PostgreSql;

/// <summary>The directories that packages and installers put PostgreSQL's programs into, one for each version.</summary>
internal static class ClientToolPlaces
{
    /// <summary>Those that are there on this host, the newest version first.</summary>
    internal static IEnumerable<string> All(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            return variable("ProgramFiles") is { Length: > 0 } programs ? Below(Path.Combine(programs, "PostgreSQL"), "*") : [];
        }

        return
        [
            // Debian, Red Hat, Homebrew on both of its roots, the installer for macOS.
            .. Below("/usr/lib/postgresql", "*"),
            .. Below("/usr", "pgsql-*"),
            .. Below("/opt/homebrew/opt", "libpq"),
            .. Below("/opt/homebrew/opt", "postgresql@*"),
            .. Below("/usr/local/opt", "libpq"),
            .. Below("/usr/local/opt", "postgresql@*"),
            .. Below("/Library/PostgreSQL", "*"),
        ];
    }

    private static IEnumerable<string> Below(string directory, string pattern) =>
        Directory.Exists(directory)
            ? Directory.EnumerateDirectories(directory, pattern).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
}
