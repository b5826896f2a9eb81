using System.Globalization;

namespace DataResilience;

/// <summary>The part of an endpoint URI that says on which host, or on which of several, the server is.</summary>
internal static class EndpointHosts
{
    /// <summary>The parameter that names a host which cannot stand before the path: the directory of a Unix socket.</summary>
    internal const string HostParameter = "host";

    internal const string PortParameter = "port";

    private const string SocketParameter = "socket";

    private const int LargestPort = 65535;

    /// <summary>Reads the hosts.</summary>
    /// <param name="hosts">What stands between the user and the path.</param>
    /// <param name="text">The whole text, for messages.</param>
    /// <returns>One host and its port, or several with their ports in one text.</returns>
    internal static (string Server, int? Port) Parse(string hosts, string text)
    {
        if (hosts.Length == 0)
        {
            return ("", null);
        }

        List<(string Host, int? Port)> all = [.. hosts.Split(',').Select(host => ParseOne(host, text))];
        if (all.Count == 1)
        {
            return all[0];
        }

        return all.TrueForAll(one => one.Host.Length > 0 && !IsPath(one.Host))
            ? (string.Join(',', all.Select(one => FormatOne(one.Host, one.Port))), null)
            : throw EndpointUri.Invalid(text, "one of several hosts has no name that can stand in a list");
    }

    /// <summary>The parameter that names the file of a Unix socket; null where an engine has none.</summary>
    internal static string? SocketParameterOf(DatabaseEngine engine) =>
        engine is DatabaseEngine.MySql or DatabaseEngine.MariaDb ? SocketParameter : null;

    /// <summary>Writes the hosts, and all parameters.</summary>
    internal static (string Hosts, string Parameters) Format(DatabaseEndpoint endpoint)
    {
        if (IsPath(endpoint.Server))
        {
            var parameters = EndpointParameters.Read(endpoint.Parameters);
            string? socket = SocketParameterOf(endpoint.Engine);
            parameters[socket ?? HostParameter] = endpoint.Server;
            // The name of a socket of PostgreSQL has the port in it; that of MySQL is the whole name.
            if (socket is null && endpoint.Port is { } port)
            {
                parameters[PortParameter] = port.ToString(CultureInfo.InvariantCulture);
            }

            return ("", EndpointParameters.Format(parameters));
        }

        // Several hosts have their ports with them.
        string hosts = endpoint.Server.Contains(',', StringComparison.Ordinal) ? endpoint.Server : FormatOne(endpoint.Server, endpoint.Port);
        return (hosts, endpoint.Parameters);
    }

    /// <summary>Reads a port.</summary>
    internal static int ParsePort(string port, string text) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= LargestPort
            ? number
            : throw EndpointUri.Invalid(text, $"the port '{port}' is no number from 1 to {LargestPort}");

    /// <summary>Whether it is a socket of this host, or the directory of one, and no host.</summary>
    internal static bool IsPath(string host) => host.StartsWith('/') || host.StartsWith('@');

    private static (string Host, int? Port) ParseOne(string one, string text)
    {
        // An address of IPv6 has colons of its own and stands in brackets.
        int close = one.StartsWith('[') ? one.IndexOf(']', StringComparison.Ordinal) : 0;
        if (close < 0)
        {
            throw EndpointUri.Invalid(text, "the address of its host has no closing bracket");
        }

        string host = close > 0 ? one[1..close] : one.Split(':')[0];
        string rest = close > 0 ? one[(close + 1)..] : one[host.Length..];
        if (rest.Length > 0 && rest[0] != ':')
        {
            throw EndpointUri.Invalid(text, $"'{rest}' follows the address of its host");
        }

        return (HostName(Uri.UnescapeDataString(host), text), rest.Length > 1 ? ParsePort(rest[1..], text) : null);
    }

    private static string HostName(string host, string text) =>
        IsPath(host) || host.All(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter) && !"/\\?#@[]".Contains(letter, StringComparison.Ordinal))
            ? host
            : throw EndpointUri.Invalid(text, $"'{host}' is not the name of a host");

    private static string FormatOne(string host, int? port)
    {
        string name = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return port is { } number ? string.Create(CultureInfo.InvariantCulture, $"{name}:{number}") : name;
    }
}
