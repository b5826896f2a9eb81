using System.Globalization;
using System.Net;

namespace DataResilience.PostgreSql;

/// <summary>
/// What to connect with, by the names of PostgreSQL's own programs: from the endpoint, else from the service that it or the
/// environment names, else from the environment.
/// </summary>
internal static class ConnectionSettings
{
    internal static IReadOnlyDictionary<string, string> Resolve(DatabaseEndpoint endpoint, HostEnvironment environment)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        AddEndpoint(settings, endpoint);
        string? service = settings.GetValueOrDefault(ConnectionParameter.Service) ?? environment.Value("PGSERVICE");
        settings.Remove(ConnectionParameter.Service);
        if (service is not null)
        {
            foreach ((string name, string value) in ServiceFile.Read(service, environment, endpoint))
            {
                Add(settings, name, value, endpoint, $"the service '{service}'");
            }
        }

        foreach (ConnectionParameter parameter in ConnectionParameter.All.Where(parameter => parameter.Variable.Length > 0))
        {
            if (parameter.Name != ConnectionParameter.Service && environment.Value(parameter.Variable) is { } value)
            {
                Add(settings, parameter.Name, value, endpoint, $"the variable {parameter.Variable}");
            }
        }

        return settings;
    }

    private static void AddEndpoint(Dictionary<string, string> settings, DatabaseEndpoint endpoint)
    {
        AddIfGiven(ConnectionParameter.Host, endpoint.Server);
        AddIfGiven(ConnectionParameter.Port, endpoint.Port?.ToString(CultureInfo.InvariantCulture) ?? "");
        AddIfGiven(ConnectionParameter.Database, endpoint.Database);
        AddIfGiven(ConnectionParameter.User, endpoint.User);
        if (endpoint.Password is { } password)
        {
            settings[ConnectionParameter.Password] = new NetworkCredential("", password).Password;
        }

        foreach ((string name, string value) in EndpointParameters.Read(endpoint.Parameters))
        {
            Add(settings, name, value, endpoint, "it");
        }

        void AddIfGiven(string name, string value)
        {
            if (value.Length > 0)
            {
                settings[name] = value;
            }
        }
    }

    private static void Add(Dictionary<string, string> settings, string name, string value, DatabaseEndpoint endpoint, string origin)
    {
        if (ConnectionParameter.Named(name) is not { } parameter)
        {
            throw Errors.EndpointInvalid.Create(endpoint, $"{origin} has the unknown parameter '{name}'");
        }

        if (!parameter.IsHonoured)
        {
            throw Errors.EndpointInvalid.Create(endpoint, $"{origin} has the parameter '{name}', which is not supported");
        }

        settings.TryAdd(name, value);
    }
}
