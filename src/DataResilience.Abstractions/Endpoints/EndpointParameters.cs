namespace DataResilience;

/// <summary>The connection parameters of an endpoint, as the query of a URI holds them: in one order, escaped in one way.</summary>
internal static class EndpointParameters
{
    private const string DatabaseParameter = "dbname";

    private const string UserParameter = "user";

    private const string Local = "localhost";

    /// <summary>Reads a query.</summary>
    /// <param name="query">What stands behind the question mark.</param>
    /// <param name="text">The whole text, for messages.</param>
    internal static SortedDictionary<string, string> Parse(string query, string text)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=', 2);
            string name = Uri.UnescapeDataString(sides[0]);
            if (EndpointSecrets.IsSecret(name))
            {
                throw EndpointUri.HoldsPassword(text);
            }

            if (sides.Length == 1 || name.Length == 0)
            {
                throw EndpointUri.Invalid(text, $"'{part}' is not a parameter and its value");
            }

            if (!parameters.TryAdd(name, Uri.UnescapeDataString(sides[1])))
            {
                throw EndpointUri.Invalid(text, $"it has the parameter '{name}' twice");
            }
        }

        return parameters;
    }

    /// <summary>Reads the parameters of an endpoint.</summary>
    internal static SortedDictionary<string, string> Read(string parameters) => Parse(parameters, parameters);

    internal static string Format(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{Escape(parameter.Key)}={Escape(parameter.Value)}"));

    /// <summary>Gives an endpoint its parameters. Those that say what the URI has a place of its own for go there.</summary>
    internal static DatabaseEndpoint Apply(DatabaseEndpoint endpoint, SortedDictionary<string, string> parameters, string text)
    {
        if (endpoint.Engine == DatabaseEngine.PostgreSql)
        {
            endpoint = endpoint with
            {
                Server = Take(EndpointHosts.HostParameter, endpoint.Server),
                Port = Take(EndpointHosts.PortParameter, endpoint.Port?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "") is { Length: > 0 } port
                    ? EndpointHosts.ParsePort(port, text)
                    : null,
                Database = Take(DatabaseParameter, endpoint.Database),
                User = Take(UserParameter, endpoint.User),
            };
        }
        else if (EndpointHosts.SocketParameterOf(endpoint.Engine) is { } socket)
        {
            // Clients of MySQL say localhost where they mean the socket, and a socket has no port.
            string server = parameters.TryGetValue(socket, out string? file) ? Take(socket, endpoint.Server is Local ? "" : endpoint.Server) : endpoint.Server;
            if (file is not null && !EndpointHosts.IsPath(file))
            {
                throw EndpointUri.Invalid(text, $"its socket '{file}' is no absolute path");
            }

            endpoint = endpoint with { Server = server, Port = EndpointHosts.IsPath(server) ? null : endpoint.Port };
        }

        return endpoint with { Parameters = Format(parameters) };

        string Take(string name, string present)
        {
            if (!parameters.Remove(name, out string? value) || value.Length == 0)
            {
                return present;
            }

            return present.Length == 0 ? value : throw EndpointUri.Invalid(text, $"its parameter '{name}' says again what stands before it");
        }
    }

    // Paths and lists stay readable: these letters mean nothing in a query.
    private static string Escape(string text) => Uri.EscapeDataString(text)
        .Replace("%2F", "/", StringComparison.Ordinal)
        .Replace("%3A", ":", StringComparison.Ordinal)
        .Replace("%2C", ",", StringComparison.Ordinal);
}
