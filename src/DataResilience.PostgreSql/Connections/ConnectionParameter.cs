namespace DataResilience.PostgreSql;

/// <summary>A connection parameter of PostgreSQL's own programs.</summary>
/// <param name="Name">Its name in a URI and in a service file.</param>
/// <param name="Variable">The environment variable that gives it; empty where there is none.</param>
/// <param name="IsHonoured">Whether it does here what it does there. One that does not is refused: most would make a connection safer.</param>
internal sealed record ConnectionParameter(string Name, string Variable, bool IsHonoured = true)
{
    internal const string Host = "host";
    internal const string Port = "port";
    internal const string Database = "dbname";
    internal const string User = "user";
    internal const string Password = "password";
    internal const string Passfile = "passfile";
    internal const string Service = "service";
    internal const string Options = "options";
    internal const string ApplicationName = "application_name";
    internal const string ConnectTimeout = "connect_timeout";
    internal const string TargetSession = "target_session_attrs";
    internal const string LoadBalance = "load_balance_hosts";
    internal const string SslMode = "sslmode";
    internal const string SslNegotiation = "sslnegotiation";
    internal const string RootCertificate = "sslrootcert";
    internal const string Certificate = "sslcert";
    internal const string Key = "sslkey";
    internal const string KeyPassword = "sslpassword";
    internal const string ChannelBinding = "channel_binding";
    internal const string RequireAuth = "require_auth";
    internal const string GssMode = "gssencmode";
    internal const string KerberosService = "krbsrvname";
    internal const string KeepAlive = "keepalives";
    internal const string KeepAliveTime = "keepalives_idle";
    internal const string KeepAliveInterval = "keepalives_interval";

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<ConnectionParameter> All { get; } =
    [
        new(Host, "PGHOST"),
        new(Port, "PGPORT"),
        new(Database, "PGDATABASE"),
        new(User, "PGUSER"),
        new(Password, "PGPASSWORD"),
        new(Passfile, "PGPASSFILE"),
        new(Service, "PGSERVICE"),
        new(Options, "PGOPTIONS"),
        new(ApplicationName, "PGAPPNAME"),
        new(ConnectTimeout, "PGCONNECT_TIMEOUT"),
        new(TargetSession, "PGTARGETSESSIONATTRS"),
        new(LoadBalance, "PGLOADBALANCEHOSTS"),
        new(SslMode, "PGSSLMODE"),
        new(SslNegotiation, "PGSSLNEGOTIATION"),
        new(RootCertificate, "PGSSLROOTCERT"),
        new(Certificate, "PGSSLCERT"),
        new(Key, "PGSSLKEY"),
        // The one variable that PostgreSQL's own programs do not have: a password has no place in a URI.
        new(KeyPassword, "PGSSLPASSWORD"),
        new(ChannelBinding, "PGCHANNELBINDING"),
        new(RequireAuth, "PGREQUIREAUTH"),
        new(GssMode, "PGGSSENCMODE"),
        new(KerberosService, "PGKRBSRVNAME"),
        new(KeepAlive, ""),
        new(KeepAliveTime, ""),
        new(KeepAliveInterval, ""),
        new("hostaddr", "PGHOSTADDR", IsHonoured: false),
        new("sslcrl", "PGSSLCRL", IsHonoured: false),
        new("sslcrldir", "PGSSLCRLDIR", IsHonoured: false),
        new("sslcertmode", "PGSSLCERTMODE", IsHonoured: false),
        new("sslsni", "PGSSLSNI", IsHonoured: false),
        new("requirepeer", "PGREQUIREPEER", IsHonoured: false),
        new("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION", IsHonoured: false),
        new("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION", IsHonoured: false),
        new("min_protocol_version", "PGMINPROTOCOLVERSION", IsHonoured: false),
        new("max_protocol_version", "PGMAXPROTOCOLVERSION", IsHonoured: false),
    ];

    /// <summary>Other variables that change how PostgreSQL's own programs connect, or what they print.</summary>
    internal static IReadOnlyList<string> OtherVariables { get; } =
        ["PGSERVICEFILE", "PGSYSCONFDIR", "PGREQUIRESSL", "PGCLIENTENCODING", "PGTZ", "PGDATESTYLE", "PGGEQO", "PGGSSLIB", "PGGSSDELEGATION", "PGSSLCOMPRESSION"];

    internal static ConnectionParameter? Named(string name) => All.FirstOrDefault(parameter => parameter.Name == name);
}
