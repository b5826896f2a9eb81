using System.Net;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Where a server is and as whom to connect.</summary>
internal sealed class ServerAddress
{
    private const int DefaultPort = 3306;

    private readonly DatabaseEndpoint endpoint;

    private ServerAddress(DatabaseEndpoint endpoint, string database)
    {
        this.endpoint = endpoint;
        Database = database;
    }

    /// <summary>The host as the user named it.</summary>
    internal string Host => endpoint.Server;

    internal int Port => endpoint.Port ?? DefaultPort;

    /// <summary>The database the endpoint names; empty where it means the server as a whole.</summary>
    internal string Database { get; }

    /// <summary>Reads where an endpoint is, with what the environment adds.</summary>
    /// <exception cref="DataResilienceException"><c>EndpointInvalid</c> where a parameter is unknown or has a value it cannot have.</exception>
    internal static ServerAddress Of(DatabaseEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new ServerAddress(endpoint, endpoint.Database);
    }

    /// <summary>The endpoint as the user gave it, without a password.</summary>
    public override string ToString() => endpoint.ToString();

    /// <summary>The same server and user, another database; messages go on naming the one that the user asked for.</summary>
    internal ServerAddress WithDatabase(string database) => new(endpoint, database);

    /// <summary>What the driver connects with. A pool would keep sessions of ours after the work has ended.</summary>
    internal string ToConnectionString(SessionPurpose purpose) => new MySqlConnectionStringBuilder
    {
        Server = Host,
        Port = (uint)Port,
        UserID = endpoint.User,
        Password = endpoint.Password is { } password ? new NetworkCredential("", password).Password : "",
        Database = Database,
        ApplicationName = "DataResilience",
        Pooling = false,
        AutoEnlist = false,
        DefaultCommandTimeout = 0,
        AllowLoadLocalInfile = purpose == SessionPurpose.Load,
        AllowUserVariables = true,
        TreatTinyAsBoolean = false,
        GuidFormat = MySqlGuidFormat.None,
        AllowZeroDateTime = true,
        ServerRedirectionMode = MySqlServerRedirectionMode.Disabled,
    }.ConnectionString;
}
