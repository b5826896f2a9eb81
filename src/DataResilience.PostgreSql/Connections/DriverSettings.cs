using System.Globalization;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Connection settings as the driver takes them.</summary>
internal sealed class DriverSettings(IReadOnlyDictionary<string, string> settings, HostEnvironment environment, DatabaseEndpoint endpoint)
{
    private const int DefaultPort = 5432;

    private const int LongestTimeout = 1024;

    private static readonly string[] SocketDirectories = ["/var/run/postgresql", "/tmp"];

    /// <summary>The host as the user named it; where nobody did, where PostgreSQL's own programs look.</summary>
    internal string Host => Find(ConnectionParameter.Host) ?? DefaultHost();

    internal int Port => Find(ConnectionParameter.Port) is { } port ? Number(ConnectionParameter.Port, port) : DefaultPort;

    internal NpgsqlConnectionStringBuilder ToBuilder(string database)
    {
        bool isSocket = EndpointHosts.IsPath(Host);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Database = database,
            Username = Find(ConnectionParameter.User),
            Password = Find(ConnectionParameter.Password),
            Passfile = Find(ConnectionParameter.Passfile),
            Options = Find(ConnectionParameter.Options),
            ApplicationName = Find(ConnectionParameter.ApplicationName) ?? "DataResilience",
            // Whoever reads rows reads much, whoever waits for hours must learn that the other side is gone.
            ReadBufferSize = 1 << 16,
            // On a Unix socket the system refuses these.
            TcpKeepAlive = !isSocket && Find(ConnectionParameter.KeepAlive) != "0",
            TcpKeepAliveTime = isSocket ? 0 : Number(ConnectionParameter.KeepAliveTime, 60),
            TcpKeepAliveInterval = isSocket ? 0 : Number(ConnectionParameter.KeepAliveInterval, 10),
            Pooling = false,
            CommandTimeout = 0,
            IncludeErrorDetail = false,
        };
        AddEncryption(builder);
        AddRest(builder);
        return builder;
    }

    private void AddEncryption(NpgsqlConnectionStringBuilder builder)
    {
        builder.SslMode = Mode();
        builder.SslCertificate = Find(ConnectionParameter.Certificate);
        builder.SslKey = Find(ConnectionParameter.Key);
        builder.SslPassword = Find(ConnectionParameter.KeyPassword);
        if (Find(ConnectionParameter.RootCertificate) is { } root && root != "system")
        {
            builder.RootCertificate = root;
        }

        Choose<SslNegotiation>(ConnectionParameter.SslNegotiation, value => builder.SslNegotiation = value);
        Choose<ChannelBinding>(ConnectionParameter.ChannelBinding, value => builder.ChannelBinding = value);
        Choose<GssEncryptionMode>(ConnectionParameter.GssMode, value => builder.GssEncryptionMode = value);
    }

    private void AddRest(NpgsqlConnectionStringBuilder builder)
    {
        if (Find(ConnectionParameter.ConnectTimeout) is { } timeout)
        {
            // A negative one and 0 mean to wait for ever.
            builder.Timeout = Math.Clamp(Number(ConnectionParameter.ConnectTimeout, timeout), 0, LongestTimeout);
        }

        if (Find(ConnectionParameter.RequireAuth) is { } methods)
        {
            builder.RequireAuth = methods.Replace("scram-sha-256", "ScramSHA256", StringComparison.Ordinal);
        }

        if (Find(ConnectionParameter.KerberosService) is { } service)
        {
            builder.KerberosServiceName = service;
        }

        builder.LoadBalanceHosts = Find(ConnectionParameter.LoadBalance) switch
        {
            null or "disable" => false,
            "random" => true,
            var other => throw Wrong(ConnectionParameter.LoadBalance, other),
        };
        // Of one host the session asks itself, see SessionChecks.
        if (Host.Contains(',', StringComparison.Ordinal) && Find(ConnectionParameter.TargetSession) is { } target)
        {
            builder.TargetSessionAttributes = target;
        }
    }

    private SslMode Mode() => Find(ConnectionParameter.SslMode) switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        null or "prefer" => SslMode.Prefer,
        // With a root certificate there, PostgreSQL's own programs check against it in this mode too.
        "require" => HasRootCertificate() ? SslMode.VerifyCA : SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        var other => throw Wrong(ConnectionParameter.SslMode, other),
    };

    private bool HasRootCertificate() =>
        (Find(ConnectionParameter.RootCertificate) ?? environment.InHome(".postgresql/root.crt", "postgresql\\root.crt")) is { } file
        && environment.Exists(file);

    private string DefaultHost() => OperatingSystem.IsWindows()
        ? "localhost"
        : SocketDirectories.FirstOrDefault(directory => environment.Exists(
            string.Create(CultureInfo.InvariantCulture, $"{directory}/.s.PGSQL.{Port}"))) ?? "localhost";

    private string? Find(string name) => settings.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private int Number(string name, int otherwise) => Find(name) is { } value ? Number(name, value) : otherwise;

    private int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : throw Wrong(name, value);

    private void Choose<T>(string name, Action<T> set)
        where T : struct, Enum
    {
        if (Find(name) is { } value)
        {
            // A number would be taken for a member too.
            set(char.IsLetter(value[0]) && Enum.TryParse(value, ignoreCase: true, out T member) ? member : throw Wrong(name, value));
        }
    }

    private DataResilienceException Wrong(string name, string value) =>
        Errors.EndpointInvalid.Create(endpoint, $"its parameter '{name}' cannot be '{value}'");
}
