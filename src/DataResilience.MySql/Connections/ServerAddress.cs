using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Where a server is and as whom to connect.</summary>
internal sealed class ServerAddress
{
    private readonly DatabaseEndpoint endpoint;
    private readonly DriverSettings driver;

    private ServerAddress(DatabaseEndpoint endpoint, DriverSettings driver, string database)
    {
        this.endpoint = endpoint;
        this.driver = driver;
        Database = database;
    }

    /// <summary>The host as the user named it, or the file of the socket.</summary>
    internal string Host => driver.Socket ?? driver.Host;

    internal int Port => driver.Port;

    /// <summary>The database the endpoint names; empty where it means the server as a whole.</summary>
    internal string Database { get; }

    internal TlsSettings Tls => driver.Tls;

    /// <summary>Whether a server that does not compress is to be refused.</summary>
    internal bool IsCompressionRequired => driver.IsCompressionRequired;

    /// <summary>Where exactly a session is tried, for messages.</summary>
    internal string Place => driver.Socket ?? (driver.Host.Contains(':', StringComparison.Ordinal) ? $"[{driver.Host}]:{driver.Port}" : $"{driver.Host}:{driver.Port}");

    /// <summary>How many seconds a session may take to open.</summary>
    internal uint Timeout => driver.Timeout;

    /// <summary>Reads where an endpoint is, with what option files and the environment add.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="environment">The environment; null for that of this process.</param>
    /// <exception cref="DataResilienceException"><c>EndpointInvalid</c> where a parameter is unknown or has a value it cannot have.</exception>
    internal static ServerAddress Of(DatabaseEndpoint endpoint, HostEnvironment? environment = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        HostEnvironment host = environment ?? HostEnvironment.Local;
        var address = new ServerAddress(endpoint, new DriverSettings(ConnectionSettings.Resolve(endpoint, host), host, endpoint), endpoint.Database);
        _ = address.ToConnectionString(SessionPurpose.Read, timeout: null);
        return address;
    }

    /// <summary>The endpoint as the user gave it, without a password.</summary>
    public override string ToString() => endpoint.ToString();

    /// <summary>The same server and user, another database; messages go on naming the one that the user asked for.</summary>
    internal ServerAddress WithDatabase(string database) => new(endpoint, driver, database);

    /// <summary>A connection that is not open yet. A pool would keep sessions of ours after the work has ended.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="check">Looks at the server's certificate: the driver does not.</param>
    /// <param name="timeout">How many seconds it may take to open at most; null for what the user wants.</param>
    internal MySqlConnection ToConnection(SessionPurpose purpose, CertificateCheck check, int? timeout = null) =>
        new(ToConnectionString(purpose, timeout)) { RemoteCertificateValidationCallback = check.Accepts };

    private string ToConnectionString(SessionPurpose purpose, int? timeout)
    {
        try
        {
            MySqlConnectionStringBuilder builder = driver.ToBuilder(Database);
            builder.AllowLoadLocalInfile = purpose == SessionPurpose.Load;
            builder.ConnectionTimeout = Math.Min(builder.ConnectionTimeout, (uint?)timeout ?? uint.MaxValue);
            return builder.ConnectionString;
        }
        catch (ArgumentException failure)
        {
            throw Errors.EndpointInvalid.CreateFrom(failure, endpoint, failure.Message);
        }
    }
}
