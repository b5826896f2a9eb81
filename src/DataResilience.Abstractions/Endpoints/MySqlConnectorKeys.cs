namespace DataResilience;

/// <summary>The keys of connection strings for MySQL and MariaDB: <c>Server=db1;User ID=backup;Database=shop</c>.</summary>
internal static class MySqlConnectorKeys
{
    private const string SslMode = "ssl-mode";

    private const string Protocol = "protocol";

    private const string Compression = "compression";

    private static readonly (string Key, string Parameter)[] Parameters =
    [
        ("server", ConnectionStringDialect.Host),
        ("host", ConnectionStringDialect.Host),
        ("datasource", ConnectionStringDialect.Host),
        ("address", ConnectionStringDialect.Host),
        ("addr", ConnectionStringDialect.Host),
        ("networkaddress", ConnectionStringDialect.Host),
        ("port", ConnectionStringDialect.Port),
        ("database", ConnectionStringDialect.Database),
        ("initialcatalog", ConnectionStringDialect.Database),
        ("userid", ConnectionStringDialect.User),
        ("username", ConnectionStringDialect.User),
        ("uid", ConnectionStringDialect.User),
        ("user", ConnectionStringDialect.User),
        ("connectionprotocol", Protocol),
        (Protocol, Protocol),
        ("sslmode", SslMode),
        ("ssl-mode", SslMode),
        ("sslca", "ssl-ca"),
        ("ssl-ca", "ssl-ca"),
        ("cacertificatefile", "ssl-ca"),
        ("sslcert", "ssl-cert"),
        ("ssl-cert", "ssl-cert"),
        ("sslkey", "ssl-key"),
        ("ssl-key", "ssl-key"),
        ("tlsversion", "tls-version"),
        ("tls-version", "tls-version"),
        ("allowpublickeyretrieval", "get-server-public-key"),
        ("serverrsapublickeyfile", "server-public-key-path"),
        ("connectiontimeout", "connect-timeout"),
        ("connecttimeout", "connect-timeout"),
        ("usecompression", Compression),
        ("compress", Compression),
    ];

    private static readonly string[] Ignored =
    [
        "pooling", "connectionlifetime", "connectionreset", "deferconnectionreset", "connectionidlepingtime", "connectionidletimeout",
        "minimumpoolsize", "minpoolsize", "maximumpoolsize", "maxpoolsize", "dnscheckinterval", "allowloadlocalinfile", "allowuservariables",
        "allowzerodatetime", "applicationname", "autoenlist", "cancellationtimeout", "charset", "characterset", "convertzerodatetime",
        "datetimekind", "defaultcommandtimeout", "commandtimeout", "forcesynchronous", "guidformat", "ignorecommandtransaction",
        "ignoreprepare", "interactivesession", "interactive", "keepalive", "nobackslashescapes", "oldguids", "persistsecurityinfo",
        "pipelining", "serverredirectionmode", "treattinyasboolean", "useaffectedrows", "usexatransactions", "skipcertificaterevocationcheck",
    ];

    internal static ConnectionStringDialect Dialect { get; } =
        new(DatabaseEngine.MySql, "Server", ConnectionStringDialect.Table(Parameters, Ignored), ValueOf);

    private static string ValueOf(string parameter, string value) => (parameter, value.ToUpperInvariant()) switch
    {
        (SslMode, "NONE") => "DISABLED",
        (SslMode, "VERIFYCA") => "VERIFY_CA",
        (SslMode, "VERIFYFULL") => "VERIFY_IDENTITY",
        (SslMode, var mode) => mode,
        (Protocol, "SOCKET" or "SOCKETS") => "TCP",
        (Protocol, "UNIX" or "UNIXSOCKET") => "SOCKET",
        (Protocol, var protocol) => protocol,
        (Compression, "TRUE" or "YES" or "1") => "PREFERRED",
        (Compression, "FALSE" or "NO" or "0") => "DISABLED",
        _ => value,
    };
}
