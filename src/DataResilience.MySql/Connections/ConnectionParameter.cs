namespace DataResilience.MySql;

/// <summary>A connection parameter of MySQL's own programs.</summary>
/// <param name="Name">Its name in a URI of MySQL Shell and in an option file.</param>
/// <param name="Place">Where it may stand.</param>
internal sealed record ConnectionParameter(string Name, ParameterPlace Place = ParameterPlace.Everywhere)
{
    internal const string Host = "host";
    internal const string Port = "port";
    internal const string User = "user";
    internal const string Password = "password";
    internal const string Socket = "socket";
    internal const string Protocol = "protocol";
    internal const string ConnectTimeout = "connect-timeout";
    internal const string SslMode = "ssl-mode";
    internal const string Ssl = "ssl";
    internal const string VerifyServer = "ssl-verify-server-cert";
    internal const string Authority = "ssl-ca";
    internal const string Certificate = "ssl-cert";
    internal const string Key = "ssl-key";
    internal const string TlsVersion = "tls-version";
    internal const string TlsVersions = "tls-versions";
    internal const string RetrieveKey = "get-server-public-key";
    internal const string ServerKey = "server-public-key-path";
    internal const string Compression = "compression";
    internal const string Compress = "compress";

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<ConnectionParameter> All { get; } =
    [
        new(Host, ParameterPlace.File),
        new(Port, ParameterPlace.File),
        new(User, ParameterPlace.File),
        new(Password, ParameterPlace.File),
        new(Socket, ParameterPlace.File),
        new(Protocol),
        new(ConnectTimeout),
        new(SslMode),
        new(Ssl, ParameterPlace.File),
        new(VerifyServer, ParameterPlace.File),
        new(Authority),
        new(Certificate),
        new(Key),
        new(TlsVersion),
        new(TlsVersions, ParameterPlace.Endpoint),
        new(RetrieveKey),
        new(ServerKey),
        new(Compression, ParameterPlace.Endpoint),
        new(Compress, ParameterPlace.File),
        // Without these a connection would be less safe than whoever wrote them believes.
        new("ssl-capath", ParameterPlace.Refused),
        new("ssl-crl", ParameterPlace.Refused),
        new("ssl-crlpath", ParameterPlace.Refused),
        new("ssl-cipher", ParameterPlace.Refused),
        new("ssl-fips-mode", ParameterPlace.Refused),
        new("ssl-fp", ParameterPlace.Refused),
        new("ssl-fplist", ParameterPlace.Refused),
        new("tls-ciphersuites", ParameterPlace.Refused),
        new("tls-ciphers", ParameterPlace.Refused),
        new("tls-sni-servername", ParameterPlace.Refused),
        // In an option file these are for other programs.
        new("auth-method", ParameterPlace.NotInEndpoint),
        new("compression-algorithms", ParameterPlace.NotInEndpoint),
        new("compression-level", ParameterPlace.NotInEndpoint),
        new("connection-attributes", ParameterPlace.NotInEndpoint),
        new("charset", ParameterPlace.NotInEndpoint),
        new("local-infile", ParameterPlace.NotInEndpoint),
        new("max-allowed-packet", ParameterPlace.NotInEndpoint),
        new("net-buffer-length", ParameterPlace.NotInEndpoint),
        new("mysql-plugin-dir", ParameterPlace.NotInEndpoint),
    ];

    /// <summary>The parameter of a name as it was written: case does not matter, nor which of the two dashes.</summary>
    internal static ConnectionParameter? Named(string name)
    {
        string canonical = Canonical(name);
        return All.FirstOrDefault(parameter => parameter.Name == canonical);
    }

    internal static string Canonical(string name) => name.ToLowerInvariant().Replace('_', '-');
}
