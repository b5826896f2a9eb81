using System.Data.Common;
using System.Globalization;

namespace DataResilience;

/// <summary>Reads connection strings as applications in .NET have them.</summary>
internal static class ConnectionStringText
{
    /// <summary>Whether a text is one: it begins with the key that one of the drivers' strings begin with.</summary>
    internal static bool IsOne(string text) => DialectOf(text) is not null;

    internal static DatabaseEndpoint Parse(string text)
    {
        ConnectionStringDialect dialect = DialectOf(text) ?? throw EndpointUri.Invalid(text, "it is not a connection string");
        SortedDictionary<string, string> parameters = ReadParameters(dialect, text);
        (string server, int? port) = ParseHosts(Take(ConnectionStringDialect.Host), text);
        var endpoint = new DatabaseEndpoint
        {
            Engine = dialect.Engine,
            Server = server,
            Port = Take(ConnectionStringDialect.Port) is { Length: > 0 } given ? EndpointHosts.ParsePort(given, text) : port,
            Database = Take(ConnectionStringDialect.Database),
            User = Take(ConnectionStringDialect.User),
        };
        return EndpointParameters.Apply(endpoint, parameters, text);

        string Take(string name) => parameters.Remove(name, out string? value) ? value : "";
    }

    private static ConnectionStringDialect? DialectOf(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? null
            : ConnectionStringDialect.All.FirstOrDefault(dialect => text.AsSpan(0, equals).Trim().Equals(dialect.FirstKey, StringComparison.OrdinalIgnoreCase));
    }

    private static SortedDictionary<string, string> ReadParameters(ConnectionStringDialect dialect, string text)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in Read(text))
        {
            string name = key.Replace(" ", "", StringComparison.Ordinal);
            if (EndpointSecrets.IsSecret(name))
            {
                throw EndpointUri.HoldsPassword(text);
            }

            if (!dialect.ParameterByKey.TryGetValue(name, out string? parameter))
            {
                throw EndpointUri.Invalid(text, $"its key '{key}' is not supported");
            }

            if (parameter != ConnectionStringDialect.Ignored && !parameters.TryAdd(parameter, dialect.ValueOf(parameter, value)))
            {
                throw EndpointUri.Invalid(text, $"its key '{key}' says again what stands before it");
            }
        }

        return parameters;
    }

    // Drivers take an address of IPv6 without the brackets that it needs beside a port.
    private static (string Server, int? Port) ParseHosts(string hosts, string text) =>
        hosts.Count(letter => letter == ':') > 1 && !hosts.Contains(',', StringComparison.Ordinal) && !hosts.StartsWith('[')
            ? EndpointHosts.Parse($"[{hosts}]", text)
            : EndpointHosts.Parse(hosts, text);

    private static List<(string Key, string Value)> Read(string text)
    {
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            // What the builder says of it may repeat a password.
            throw EndpointUri.Invalid(text, "it is not a connection string");
        }

        return [.. builder.Keys.Cast<string>().Select(key => (key, Convert.ToString(builder[key], CultureInfo.InvariantCulture) ?? ""))];
    }
}
