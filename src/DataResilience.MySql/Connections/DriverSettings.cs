using System.Globalization;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Connection settings as the driver takes them.</summary>
internal sealed class DriverSettings
{
    private const int DefaultPort = 3306;

    private const int LargestPort = 65535;

    private const uint DefaultTimeout = 15;

    // The driver's timers do not reach further than 24 days; a session that took a day to open is none.
    private const uint LongestTimeout = 86_400;

    private const string LocalHost = "localhost";

    // Debian's, Red Hat's, and what the servers themselves default to.
    private static readonly string[] Sockets = ["/run/mysqld/mysqld.sock", "/var/run/mysqld/mysqld.sock", "/var/lib/mysql/mysql.sock", "/tmp/mysql.sock"];

    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly DatabaseEndpoint endpoint;

    internal DriverSettings(IReadOnlyDictionary<string, string> settings, HostEnvironment environment, DatabaseEndpoint endpoint)
    {
        this.settings = settings;
        this.endpoint = endpoint;
        Host = Find(ConnectionParameter.Host) ?? LocalHost;
        if (Host.Contains(',', StringComparison.Ordinal))
        {
            throw Invalid($"it names several hosts ({Host}), and one session can be with one only");
        }

        Port = (int)Number(ConnectionParameter.Port, DefaultPort, LargestPort);
        Socket = FindSocket(environment);
        Timeout = Number(ConnectionParameter.ConnectTimeout, DefaultTimeout, LongestTimeout) is > 0 and var seconds ? seconds : LongestTimeout;
        Tls = ReadTls();
        IsCompressionRequired = Compression() == "REQUIRED";
    }

    /// <summary>The host as it was named; where nobody named one, this one.</summary>
    internal string Host { get; }

    internal int Port { get; }

    /// <summary>The file of the Unix socket that is used in place of a port; null for none.</summary>
    internal string? Socket { get; }

    /// <summary>How many seconds a session may take to open.</summary>
    internal uint Timeout { get; }

    internal TlsSettings Tls { get; }

    /// <summary>Whether a server that does not compress is to be refused.</summary>
    internal bool IsCompressionRequired { get; }

    internal MySqlConnectionStringBuilder ToBuilder(string database) => new()
    {
        Server = Socket ?? Host,
        Port = (uint)Port,
        ConnectionProtocol = Socket is null ? MySqlConnectionProtocol.Sockets : MySqlConnectionProtocol.UnixSocket,
        UserID = Find(ConnectionParameter.User) ?? "",
        Password = Find(ConnectionParameter.Password) ?? "",
        Database = database,
        ApplicationName = "DataResilience",
        ConnectionTimeout = Timeout,
        // What a session looks like is checked by CertificateCheck, see there.
        SslMode = Tls.Mode switch
        {
            TlsMode.Disabled => MySqlSslMode.Disabled,
            TlsMode.Preferred => MySqlSslMode.Preferred,
            _ => MySqlSslMode.Required,
        },
        SslCert = Tls.Certificate,
        SslKey = Tls.Key,
        TlsVersion = TlsVersions(),
        // A password cannot be listened to on a socket.
        AllowPublicKeyRetrieval = Socket is not null || IsOn(ConnectionParameter.RetrieveKey),
        ServerRsaPublicKeyFile = Find(ConnectionParameter.ServerKey) ?? "",
        UseCompression = Compression() is "REQUIRED" or "PREFERRED",
        // Whoever waits for hours must learn that the other side is gone.
        Keepalive = 60,
        Pooling = false,
        AutoEnlist = false,
        DefaultCommandTimeout = 0,
        AllowUserVariables = true,
        TreatTinyAsBoolean = false,
        GuidFormat = MySqlGuidFormat.None,
        AllowZeroDateTime = true,
        ServerRedirectionMode = MySqlServerRedirectionMode.Disabled,
    };

    /// <summary>
    /// As MySQL's own programs: a socket where the host is this one, and nobody asked for TCP. Where they fail without a socket,
    /// the port is tried: the server may be in a container.
    /// </summary>
    private string? FindSocket(HostEnvironment environment)
    {
        bool isHere = Host.Equals(LocalHost, StringComparison.OrdinalIgnoreCase);
        string? protocol = Find(ConnectionParameter.Protocol)?.ToUpperInvariant();
        switch (protocol)
        {
            case "TCP":
                return null;
            case null or "SOCKET" when isHere:
                string? socket = Find(ConnectionParameter.Socket) ?? (OperatingSystem.IsWindows() ? null : Sockets.FirstOrDefault(environment.Exists));
                return socket is not null || protocol is null ? socket : throw Invalid($"no socket was named, and none is in {string.Join(" or ", Sockets)}");
            case null:
                return null;
            case "SOCKET":
                throw Invalid($"its protocol cannot be SOCKET with the host '{Host}'");
            default:
                throw Wrong(ConnectionParameter.Protocol, protocol);
        }
    }

    private TlsSettings ReadTls()
    {
        string certificate = Find(ConnectionParameter.Certificate) ?? "";
        string? key = Find(ConnectionParameter.Key);
        if (certificate.Length == 0 && key is not null)
        {
            throw Invalid($"'{ConnectionParameter.Key}' stands there without '{ConnectionParameter.Certificate}'");
        }

        // One file may hold both.
        return new TlsSettings(Mode(), Find(ConnectionParameter.Authority) ?? "", certificate, key ?? certificate, Socket is null);
    }

    private TlsMode Mode() => Find(ConnectionParameter.SslMode)?.ToUpperInvariant() switch
    {
        "DISABLED" => TlsMode.Disabled,
        "PREFERRED" => TlsMode.Preferred,
        "REQUIRED" => TlsMode.Required,
        "VERIFY_CA" => TlsMode.VerifyAuthority,
        "VERIFY_IDENTITY" => TlsMode.VerifyIdentity,
        null => ImpliedMode(),
        var other => throw Wrong(ConnectionParameter.SslMode, other),
    };

    /// <summary>What the other options say, in the words of MariaDB and of old versions.</summary>
    private TlsMode ImpliedMode()
    {
        if (IsOn(ConnectionParameter.VerifyServer))
        {
            return TlsMode.VerifyIdentity;
        }

        if (Find(ConnectionParameter.Ssl) is not null)
        {
            return IsOn(ConnectionParameter.Ssl) ? TlsMode.Required : TlsMode.Disabled;
        }

        if (Find(ConnectionParameter.Authority) is not null)
        {
            return TlsMode.VerifyAuthority;
        }

        // Nobody can listen on a socket, and encryption would take time from every row.
        return Socket is null ? TlsMode.Preferred : TlsMode.Disabled;
    }

    private string TlsVersions()
    {
        (string name, string? text) = Find(ConnectionParameter.TlsVersions) is { } several
            ? (ConnectionParameter.TlsVersions, several.Trim('[', ']'))
            : (ConnectionParameter.TlsVersion, Find(ConnectionParameter.TlsVersion));
        string[] versions = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(versions, version => version.ToUpperInvariant() is not ("TLSV1.2" or "TLSV1.3")) is { } other
            ? throw Wrong(name, other)
            : string.Join(',', versions);
    }

    private string Compression()
    {
        string? value = Find(ConnectionParameter.Compression)?.ToUpperInvariant();
        return value switch
        {
            "REQUIRED" or "PREFERRED" or "DISABLED" => value,
            null => IsOn(ConnectionParameter.Compress) ? "PREFERRED" : "DISABLED",
            _ => throw Wrong(ConnectionParameter.Compression, value),
        };
    }

    private string? Find(string name) => settings.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private bool IsOn(string name) => Find(name)?.ToUpperInvariant() switch
    {
        null or "0" or "FALSE" or "OFF" => false,
        "1" or "TRUE" or "ON" => true,
        var other => throw Wrong(name, other),
    };

    private uint Number(string name, uint otherwise, uint most)
    {
        if (Find(name) is not { } value)
        {
            return otherwise;
        }

        return uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= most ? number : throw Wrong(name, value);
    }

    private DataResilienceException Wrong(string name, string value) => Invalid($"its parameter '{name}' cannot be '{value}'");

    private DataResilienceException Invalid(string reason) => Errors.EndpointInvalid.Create(endpoint, reason);
}
