namespace DataResilience;

/// <summary>The keys of connection strings for PostgreSQL: <c>Host=db1;Username=backup;Database=shop</c>.</summary>
internal static class NpgsqlKeys
{
    private static readonly (string Key, string Parameter)[] Parameters =
    [
        ("host", ConnectionStringDialect.Host),
        ("server", ConnectionStringDialect.Host),
        ("port", ConnectionStringDialect.Port),
        ("database", ConnectionStringDialect.Database),
        ("db", ConnectionStringDialect.Database),
        ("username", ConnectionStringDialect.User),
        ("userid", ConnectionStringDialect.User),
        ("user", ConnectionStringDialect.User),
        ("uid", ConnectionStringDialect.User),
        ("sslmode", "sslmode"),
        ("sslnegotiation", "sslnegotiation"),
        ("rootcertificate", "sslrootcert"),
        ("sslcertificate", "sslcert"),
        ("sslkey", "sslkey"),
        ("channelbinding", "channel_binding"),
        ("gssencryptionmode", "gssencmode"),
        ("kerberosservicename", "krbsrvname"),
        ("requireauth", "require_auth"),
        ("passfile", "passfile"),
        ("timeout", "connect_timeout"),
        ("applicationname", "application_name"),
        ("options", "options"),
        ("targetsessionattributes", "target_session_attrs"),
    ];

    private static readonly string[] Ignored =
    [
        "pooling", "minimumpoolsize", "maximumpoolsize", "minpoolsize", "maxpoolsize", "connectionidlelifetime", "connectionpruninginterval",
        "connectionlifetime", "commandtimeout", "internalcommandtimeout", "cancellationtimeout", "keepalive", "tcpkeepalive", "tcpkeepalivetime",
        "tcpkeepaliveinterval", "maxautoprepare", "autoprepareminusages", "readbuffersize", "writebuffersize", "enlist", "multiplexing",
        "noresetonclose", "includeerrordetail", "logparameters", "persistsecurityinfo", "trustservercertificate", "searchpath", "timezone",
        "encoding", "clientencoding",
    ];

    internal static ConnectionStringDialect Dialect { get; } =
        new(DatabaseEngine.PostgreSql, "Host", ConnectionStringDialect.Table(Parameters, Ignored), ValueOf);

    // VerifyFull is verify-full there, ReadWrite read-write, Prefer prefer.
    private static string ValueOf(string parameter, string value) => parameter switch
    {
        "sslmode" or "sslnegotiation" or "channel_binding" or "gssencmode" or "target_session_attrs" =>
            value.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
            {
                "VERIFYFULL" => "verify-full",
                "VERIFYCA" => "verify-ca",
                "READWRITE" => "read-write",
                "READONLY" => "read-only",
                "PREFERSTANDBY" => "prefer-standby",
                "PREFERPRIMARY" => "prefer-primary",
                _ => value.ToLowerInvariant(),
            },
        _ => value,
    };
}
