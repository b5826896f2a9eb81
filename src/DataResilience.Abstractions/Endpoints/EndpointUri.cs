using System.Text;

namespace DataResilience;

/// <summary>Reads and writes endpoint URIs.</summary>
internal static class EndpointUri
{
    private const string SqliteScheme = "sqlite";

    private const string Authority = "//";

    private static readonly Dictionary<string, DatabaseEngine> EngineByScheme = new(StringComparer.OrdinalIgnoreCase)
    {
        [SqliteScheme] = DatabaseEngine.Sqlite,
        ["postgresql"] = DatabaseEngine.PostgreSql,
        ["postgres"] = DatabaseEngine.PostgreSql,
        ["mysql"] = DatabaseEngine.MySql,
        ["mariadb"] = DatabaseEngine.MariaDb,
    };

    internal static DatabaseEndpoint Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        // One letter before the colon is a Windows drive, not a scheme.
        if (colon < 2 || !EngineByScheme.TryGetValue(text[..colon], out DatabaseEngine engine))
        {
            throw Invalid(text, "it does not start with a known engine");
        }

        return engine == DatabaseEngine.Sqlite ? ParsePath(text, text[(colon + 1)..]) : ParseServer(text, text[(colon + 1)..], engine);
    }

    internal static string Format(DatabaseEndpoint endpoint)
    {
        string scheme = SchemeOf(endpoint.Engine);
        if (endpoint.Engine == DatabaseEngine.Sqlite)
        {
            return $"{scheme}:{endpoint.Database}";
        }

        var text = new StringBuilder(scheme).Append("://");
        if (endpoint.User.Length > 0)
        {
            text.Append(Uri.EscapeDataString(endpoint.User)).Append('@');
        }

        (string hosts, string parameters) = EndpointHosts.Format(endpoint);
        text.Append(hosts);
        if (endpoint.Database.Length > 0)
        {
            text.Append('/').Append(Uri.EscapeDataString(endpoint.Database));
        }

        return parameters.Length == 0 ? text.ToString() : text.Append('?').Append(parameters).ToString();
    }

    /// <summary>The failure of a text that may hold a password.</summary>
    internal static DataResilienceException Invalid(string text, string reason) =>
        Errors.EndpointInvalid.Create(EndpointSecrets.Hide(text), reason);

    internal static DataResilienceException HoldsPassword(string text) => Errors.PasswordInUri.Create(EndpointSecrets.Hide(text));

    private static DatabaseEndpoint ParsePath(string text, string path)
    {
        // sqlite:///absolute and sqlite://relative are what other tools write; the path after them is taken as it is.
        string file = path.StartsWith(Authority, StringComparison.Ordinal) ? path[2..] : path;
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            throw Errors.EndpointInvalid.Create(text, "it names no file");
        }

        return new DatabaseEndpoint { Engine = DatabaseEngine.Sqlite, Database = file };
    }

    private static DatabaseEndpoint ParseServer(string text, string rest, DatabaseEngine engine)
    {
        if (!rest.StartsWith(Authority, StringComparison.Ordinal))
        {
            throw Invalid(text, "it names no server");
        }

        (string place, string? query) = Split(rest[Authority.Length..], '?');
        (string authority, string? path) = Split(place, '/');
        // A name may hold an @ that somebody forgot to escape; a host cannot.
        int at = authority.LastIndexOf('@');
        string user = at < 0 ? "" : authority[..at];
        if (user.Contains(':', StringComparison.Ordinal))
        {
            throw HoldsPassword(text);
        }

        (string server, int? port) = EndpointHosts.Parse(authority[(at + 1)..], text);
        var endpoint = new DatabaseEndpoint
        {
            Engine = engine,
            Server = server,
            Port = port,
            Database = Uri.UnescapeDataString(path ?? ""),
            User = Uri.UnescapeDataString(user),
        };
        endpoint = EndpointParameters.Apply(endpoint, EndpointParameters.Parse(query ?? "", text), text);
        return endpoint != new DatabaseEndpoint { Engine = engine }
            ? endpoint
            : throw Invalid(text, "it names no server");
    }

    private static (string Before, string? After) Split(string text, char mark)
    {
        int place = text.IndexOf(mark, StringComparison.Ordinal);
        return place < 0 ? (text, null) : (text[..place], text[(place + 1)..]);
    }

    private static string SchemeOf(DatabaseEngine engine) => engine switch
    {
        DatabaseEngine.Sqlite => SqliteScheme,
        DatabaseEngine.PostgreSql => "postgresql",
        DatabaseEngine.MySql => "mysql",
        DatabaseEngine.MariaDb => "mariadb",
        _ => throw new ArgumentOutOfRangeException(nameof(engine)),
    };
}
