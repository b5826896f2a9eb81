namespace DataResilience.MySql;

/// <summary>The option files that MySQL's own programs read before they connect, from the system's to the user's.</summary>
internal static class OptionFiles
{
    private const string ClientGroup = "client";

    // What MariaDB's programs read beside it.
    private static readonly string[] MariaDbGroups = [ClientGroup, "client-server", "client-mariadb"];

    /// <summary>The connection options that all files together give; what stands in a later one counts.</summary>
    internal static IReadOnlyDictionary<string, string> Read(DatabaseEndpoint endpoint, HostEnvironment environment)
    {
        var options = new OptionFile(environment, endpoint, endpoint.Engine == DatabaseEngine.MariaDb ? MariaDbGroups : [ClientGroup]);
        foreach (string file in Places(environment))
        {
            options.Read(file);
        }

        return options.Options;
    }

    private static IEnumerable<string> Places(HostEnvironment environment)
    {
        if (OperatingSystem.IsWindows())
        {
            foreach (string directory in new[] { environment.Value("WINDIR"), @"C:\" }.OfType<string>())
            {
                yield return Path.Combine(directory, "my.ini");
                yield return Path.Combine(directory, "my.cnf");
            }
        }
        else
        {
            yield return "/etc/my.cnf";
            yield return "/etc/mysql/my.cnf";
            if (environment.Value("HOME") is { } home)
            {
                yield return Path.Combine(home, ".my.cnf");
            }
        }
    }
}
