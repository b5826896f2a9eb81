using System.Globalization;
using System.Net;

namespace DataResilience.MySql;

/// <summary>
/// What to connect with, by the names of MySQL's own programs: from the endpoint, else from option files, else from the
/// environment. That is the order of those programs, whose variables count least.
/// </summary>
internal static class ConnectionSettings
{
    // The database is the endpoint's alone: what an option file names is meant for a program that asks questions.
    private static readonly (string Parameter, string Variable)[] Variables =
    [
        (ConnectionParameter.Host, "MYSQL_HOST"),
        (ConnectionParameter.Port, "MYSQL_TCP_PORT"),
        (ConnectionParameter.Socket, "MYSQL_UNIX_PORT"),
        (ConnectionParameter.Password, "MYSQL_PWD"),
    ];

    internal static IReadOnlyDictionary<string, string> Resolve(DatabaseEndpoint endpoint, HostEnvironment environment)
    {
        Dictionary<string, string> settings = OfEndpoint(endpoint);
        foreach ((string name, string value) in OptionFiles.Read(endpoint, environment))
        {
            settings.TryAdd(name, value);
        }

        foreach ((string parameter, string variable) in Variables)
        {
            if (environment.Value(variable) is { } value)
            {
                settings.TryAdd(parameter, value);
            }
        }

        settings.TryAdd(ConnectionParameter.User, environment.UserName);
        return settings;
    }

    private static Dictionary<string, string> OfEndpoint(DatabaseEndpoint endpoint)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        bool isSocket = endpoint.Server.StartsWith('/');
        AddIfGiven(isSocket ? ConnectionParameter.Socket : ConnectionParameter.Host, endpoint.Server);
        AddIfGiven(ConnectionParameter.Port, endpoint.Port?.ToString(CultureInfo.InvariantCulture) ?? "");
        AddIfGiven(ConnectionParameter.User, endpoint.User);
        if (isSocket)
        {
            // Neither a host nor a way that an option file names.
            settings[ConnectionParameter.Host] = "localhost";
            settings[ConnectionParameter.Protocol] = "SOCKET";
        }
        else if (endpoint.Port is not null)
        {
            // Whoever names a port does not mean a socket.
            settings[ConnectionParameter.Protocol] = "TCP";
        }

        if (endpoint.Password is { } password)
        {
            settings[ConnectionParameter.Password] = new NetworkCredential("", password).Password;
        }

        foreach ((string name, string value) in EndpointParameters.Read(endpoint.Parameters))
        {
            Require(ConnectionParameter.Named(name), name, endpoint);
            settings[ConnectionParameter.Canonical(name)] = value;
        }

        return settings;

        void AddIfGiven(string name, string value)
        {
            if (value.Length > 0)
            {
                settings[name] = value;
            }
        }
    }

    private static void Require(ConnectionParameter? parameter, string name, DatabaseEndpoint endpoint)
    {
        if (parameter?.Place is not (ParameterPlace.Everywhere or ParameterPlace.Endpoint))
        {
            string reason = parameter?.Place is ParameterPlace.Refused or ParameterPlace.NotInEndpoint
                ? $"it has the parameter '{name}', which is not supported"
                : $"it has the unknown parameter '{name}'";
            throw Errors.EndpointInvalid.Create(endpoint, reason);
        }
    }
}
