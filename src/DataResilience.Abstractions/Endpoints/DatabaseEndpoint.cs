using System.Globalization;
using System.Security;
using System.Text;

namespace DataResilience;

/// <summary>
/// Where a database is: engine, server, port, database and user. Written as a URI, for example
/// <c>postgresql://user@host:5432/shop</c> or <c>sqlite:shop.db</c>.
/// </summary>
/// <remarks>A password is never part of the text: it travels as <see cref="WithPassword"/>, out of reach of every serializer.</remarks>
public sealed record DatabaseEndpoint
{
    /// <summary>The engine that answers at this endpoint.</summary>
    public required DatabaseEngine Engine { get; init; }

    /// <summary>Host name or address; empty for an embedded engine.</summary>
    public string Server { get; init; } = "";

    /// <summary>TCP port, 1 to 65535; null means the engine's default.</summary>
    public int? Port { get; init; }

    /// <summary>The database's name; for SQLite, the path of its file. Empty means the server as a whole.</summary>
    public string Database { get; init; } = "";

    /// <summary>The user to connect as; empty means the engine's default.</summary>
    public string User { get; init; } = "";

    /// <summary>
    /// Connection parameters by the engine's own names, as the query of a URI holds them, for example
    /// <c>sslmode=verify-full&amp;sslrootcert=/etc/ssl/ca.pem</c>; empty for none. A password is never among them.
    /// </summary>
    public string Parameters { get; init; } = "";

    internal SecureString? Password { get; init; }

    /// <summary>Reads an endpoint URI.</summary>
    /// <param name="text">For example <c>sqlite:data/shop.db</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="DataResilienceException"><c>EndpointInvalid</c>, or <c>PasswordInUri</c> where the URI holds a password.</exception>
    public static DatabaseEndpoint Parse(string text) => EndpointUri.Parse(text);

    /// <summary>The same endpoint with a password that no serializer, log or view can reach.</summary>
    /// <param name="password">The password; null removes it.</param>
    /// <returns>A copy of this endpoint.</returns>
    public DatabaseEndpoint WithPassword(SecureString? password) => this with { Password = password };

    /// <summary>Makes the path of an embedded database absolute; other endpoints are returned as they are.</summary>
    /// <param name="baseDirectory">The directory that a relative path starts from.</param>
    /// <returns>The endpoint with an absolute path.</returns>
    public DatabaseEndpoint ResolveAgainst(string baseDirectory) =>
        Engine == DatabaseEngine.Sqlite && Database.Length > 0
            ? this with { Database = Path.GetFullPath(Database, baseDirectory) }
            : this;

    /// <summary>The endpoint URI, without any password.</summary>
    /// <returns>A text that <see cref="Parse"/> reads back to an equal endpoint.</returns>
    public override string ToString() => EndpointUri.Format(this);
}

file static class EndpointUri
{
    private const string SqliteScheme = "sqlite";

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
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        // One letter before the colon is a Windows drive, not a scheme.
        if (colon < 2 || !EngineByScheme.TryGetValue(text[..colon], out DatabaseEngine engine))
        {
            throw Errors.EndpointInvalid.Create(WithoutPassword(text), "it does not start with a known engine");
        }

        return engine == DatabaseEngine.Sqlite ? ParsePath(text, text[(colon + 1)..]) : ParseServer(text, engine);
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

        text.Append(endpoint.Server.Contains(':', StringComparison.Ordinal) ? $"[{endpoint.Server}]" : endpoint.Server);
        if (endpoint.Port is { } port)
        {
            text.Append(':').Append(port.ToString(CultureInfo.InvariantCulture));
        }

        return endpoint.Database.Length == 0
            ? text.ToString()
            : text.Append('/').Append(Uri.EscapeDataString(endpoint.Database)).ToString();
    }

    private static DatabaseEndpoint ParsePath(string text, string path)
    {
        // sqlite:///absolute and sqlite://relative are what other tools write; the path after them is taken as it is.
        string file = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            throw Errors.EndpointInvalid.Create(text, "it names no file");
        }

        return new DatabaseEndpoint { Engine = DatabaseEngine.Sqlite, Database = file };
    }

    private static DatabaseEndpoint ParseServer(string text, DatabaseEngine engine)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
        {
            throw Errors.EndpointInvalid.Create(WithoutPassword(text), "it names no server");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw Errors.PasswordInUri.Create(WithoutPassword(text));
        }

        return new DatabaseEndpoint
        {
            Engine = engine,
            Server = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : null,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            User = Uri.UnescapeDataString(uri.UserInfo),
        };
    }

    private static string SchemeOf(DatabaseEngine engine) => engine switch
    {
        DatabaseEngine.Sqlite => SqliteScheme,
        DatabaseEngine.PostgreSql => "postgresql",
        DatabaseEngine.MySql => "mysql",
        DatabaseEngine.MariaDb => "mariadb",
        _ => throw new ArgumentOutOfRangeException(nameof(engine)),
    };

    private static string WithoutPassword(string text)
    {
        int at = text.LastIndexOf('@');
        int slashes = text.IndexOf("//", StringComparison.Ordinal);
        int colon = slashes < 0 ? -1 : text.IndexOf(':', slashes);
        return at > colon && colon > 0 ? $"{text[..colon]}:…{text[at..]}" : text;
    }
}
