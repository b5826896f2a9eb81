namespace DataResilience.PostgreSql;

/// <summary>Connection services: named groups of parameters that an administrator keeps in a file.</summary>
internal static class ServiceFile
{
    // Where Debian's libpq has its system directory; others are named by PGSYSCONFDIR.
    private const string SystemDirectory = "/etc/postgresql-common";

    private const string SystemFile = "pg_service.conf";

    /// <summary>Reads the parameters of a service, from the user's file or from the system's.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="environment">Where the files are found.</param>
    /// <param name="endpoint">What asks for it, for messages.</param>
    internal static IReadOnlyDictionary<string, string> Read(string service, HostEnvironment environment, DatabaseEndpoint endpoint)
    {
        List<string> files = [.. Places(environment)];
        foreach (string file in files.Where(environment.Exists))
        {
            if (Find(service, file, environment, endpoint) is { } parameters)
            {
                return parameters;
            }
        }

        throw Errors.EndpointInvalid.Create(endpoint, $"the service '{service}' is not in {string.Join(" or ", files)}");
    }

    private static IEnumerable<string> Places(HostEnvironment environment)
    {
        if ((environment.Value("PGSERVICEFILE") ?? environment.InHome(".pg_service.conf", "postgresql\\.pg_service.conf")) is { } own)
        {
            yield return own;
        }

        yield return Path.Combine(environment.Value("PGSYSCONFDIR") ?? SystemDirectory, SystemFile);
    }

    private static Dictionary<string, string>? Find(string service, string file, HostEnvironment environment, DatabaseEndpoint endpoint)
    {
        Dictionary<string, string>? found = null;
        int number = 0;
        foreach (string line in environment.ReadLines(file).Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                if (found is not null)
                {
                    break;
                }

                found = line == $"[{service}]" ? new Dictionary<string, string>(StringComparer.Ordinal) : null;
            }
            else if (found is not null)
            {
                string[] sides = line.Split('=', 2);
                // Not the line itself: it may be half of a password. A service within a service is refused there too.
                if (sides.Length == 1 || sides[0] == ConnectionParameter.Service)
                {
                    throw Errors.EndpointInvalid.Create(endpoint, $"line {number} of {file} is not a parameter and its value");
                }

                // What stands first counts.
                found.TryAdd(sides[0].Trim(), sides[1].Trim());
            }
        }

        return found;
    }
}
