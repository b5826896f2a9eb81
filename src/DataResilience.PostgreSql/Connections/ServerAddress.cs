using System.Globalization;
using System.Net;
using System.Security;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Where a server is and as whom to connect, for the driver and, as environment variables, for PostgreSQL's own programs.</summary>
internal sealed class ServerAddress
{
    private const int DefaultPort = 5432;

    private readonly DatabaseEndpoint endpoint;

    private ServerAddress(DatabaseEndpoint endpoint)
    {
        this.endpoint = endpoint;
    }

    /// <summary>The host as the user named it.</summary>
    internal string Host => endpoint.Server;

    internal int Port => endpoint.Port ?? DefaultPort;

    /// <summary>The database the endpoint names; empty where it means the server as a whole.</summary>
    internal string Database => endpoint.Database;

    internal static ServerAddress Of(DatabaseEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new ServerAddress(endpoint);
    }

    /// <summary>The endpoint, without a password.</summary>
    public override string ToString() => endpoint.ToString();

    /// <summary>The same server and user, another database.</summary>
    internal ServerAddress WithDatabase(string database) => new(endpoint with { Database = database });

    /// <summary>What the driver connects with. A pool would keep sessions of ours after the work has ended.</summary>
    internal string ToConnectionString()
    {
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Database = Database,
            Username = endpoint.User.Length == 0 ? null : endpoint.User,
            Password = PasswordText(endpoint.Password),
            Pooling = false,
            ReadBufferSize = 1 << 16,
            CommandTimeout = 0,
            IncludeErrorDetail = false,
        };
        return text.ToString();
    }

    /// <summary>What PostgreSQL's own programs connect with: their arguments would be seen by every user of the host.</summary>
    internal IReadOnlyDictionary<string, string> ToEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PGHOST"] = Host,
            ["PGPORT"] = Port.ToString(CultureInfo.InvariantCulture),
            ["PGDATABASE"] = Database,
        };
        if (endpoint.User.Length > 0)
        {
            variables["PGUSER"] = endpoint.User;
        }

        if (PasswordText(endpoint.Password) is { } password)
        {
            variables["PGPASSWORD"] = password;
        }

        return variables;
    }

    private static string? PasswordText(SecureString? password) => password is null ? null : new NetworkCredential("", password).Password;
}
