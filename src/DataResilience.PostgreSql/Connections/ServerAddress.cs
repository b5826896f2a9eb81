using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>Where a server is and as whom to connect, for the driver and, as environment variables, for PostgreSQL's own programs.</summary>
internal sealed class ServerAddress
{
    private const string SecretVariable = "PGSSLPASSWORD";

    private readonly DatabaseEndpoint endpoint;
    private readonly HostEnvironment environment;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly DriverSettings driver;
    private readonly string connectionString;

    private ServerAddress(DatabaseEndpoint endpoint, HostEnvironment environment, IReadOnlyDictionary<string, string> settings)
    {
        this.endpoint = endpoint;
        this.environment = environment;
        this.settings = settings;
        driver = new DriverSettings(settings, environment, endpoint);
        try
        {
            connectionString = driver.ToBuilder(Database).ConnectionString;
        }
        catch (ArgumentException failure)
        {
            throw Errors.EndpointInvalid.CreateFrom(failure, endpoint, failure.Message);
        }
    }

    /// <summary>The host as the user named it.</summary>
    internal string Host => driver.Host;

    internal int Port => driver.Port;

    /// <summary>The database the endpoint names; empty where it means the server as a whole.</summary>
    internal string Database => settings.GetValueOrDefault(ConnectionParameter.Database, "");

    /// <summary>What kind of session is wanted, in the words of <c>target_session_attrs</c>.</summary>
    internal string TargetSession => settings.GetValueOrDefault(ConnectionParameter.TargetSession, "any");

    /// <summary>Reads where an endpoint is, with what the environment adds.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="environment">The environment; null for that of this process.</param>
    /// <exception cref="DataResilienceException"><c>EndpointInvalid</c> where a parameter is unknown or has a value it cannot have.</exception>
    internal static ServerAddress Of(DatabaseEndpoint endpoint, HostEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        HostEnvironment host = environment ?? HostEnvironment.Local;
        return new ServerAddress(endpoint, host, ConnectionSettings.Resolve(endpoint, host));
    }

    /// <summary>Whether a session that a server turned down with encryption is tried again without.</summary>
    internal bool MayGoUnencrypted => !settings.ContainsKey(ConnectionParameter.SslMode) || settings[ConnectionParameter.SslMode] == "prefer";

    /// <summary>The endpoint as the user gave it, without a password.</summary>
    public override string ToString() => endpoint.ToString();

    /// <summary>The same server and user, another database; messages go on naming the one that the user asked for.</summary>
    internal ServerAddress WithDatabase(string database) => new(endpoint, environment, With((ConnectionParameter.Database, database)));

    /// <summary>The same, on the one host of several that a session was opened on: the others have other states.</summary>
    internal ServerAddress On(string host, int port) => Host.Contains(',', StringComparison.Ordinal)
        ? new ServerAddress(endpoint, environment, With(
            (ConnectionParameter.Host, host), (ConnectionParameter.Port, port.ToString(CultureInfo.InvariantCulture))))
        : this;

    /// <summary>The same, encrypted or not at all.</summary>
    internal ServerAddress Encrypted() => new(endpoint, environment, With((ConnectionParameter.SslMode, "require")));

    /// <summary>What the driver connects with. A pool would keep sessions of ours after the work has ended.</summary>
    internal string ToConnectionString() => connectionString;

    /// <summary>
    /// What PostgreSQL's own programs connect with: their arguments would be seen by every user of the host. A variable without a
    /// value is one that this process may have and the program must not.
    /// </summary>
    internal IReadOnlyDictionary<string, string?> ToEnvironment()
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (string name in ConnectionParameter.OtherVariables)
        {
            variables[name] = null;
        }

        foreach (ConnectionParameter parameter in ConnectionParameter.All.Where(parameter => parameter.Variable.Length > 0))
        {
            variables[parameter.Variable] = settings.GetValueOrDefault(parameter.Name);
        }

        // Those programs have no variable for it: no secret goes where nobody reads it.
        variables[SecretVariable] = null;

        variables["PGHOST"] = Hosts(host => host.Host);
        variables["PGPORT"] = Hosts(host => host.Port.ToString(CultureInfo.InvariantCulture));
        return variables;
    }

    private Dictionary<string, string> With(params ReadOnlySpan<(string Name, string Value)> changes)
    {
        var changed = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach ((string name, string value) in changes)
        {
            changed[name] = value;
        }

        return changed;
    }

    private string Hosts(Func<(string Host, int Port), string> part) => string.Join(',', Host.Split(',').Select(host =>
    {
        if (!Host.Contains(',', StringComparison.Ordinal))
        {
            return part((host, Port));
        }

        (string name, int? port) = EndpointHosts.Parse(host, host);
        return part((name, port ?? Port));
    }));
}
