using System.Security;

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

    /// <summary>
    /// Host name or address; also the directory of a Unix socket (PostgreSQL) or the socket itself (MySQL, MariaDB), and for
    /// PostgreSQL several hosts with their ports, separated by commas. Empty for an embedded engine, and where connection
    /// parameters or the environment say where the server is.
    /// </summary>
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

    /// <summary>Reads an endpoint URI, or a connection string of the .NET drivers of PostgreSQL and MySQL.</summary>
    /// <param name="text">For example <c>sqlite:data/shop.db</c>, <c>Host=db1;Username=backup;Database=shop</c>, or <c>Server=db1;User ID=backup;Database=shop</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="DataResilienceException"><c>EndpointInvalid</c>, or <c>PasswordInUri</c> where the text holds a password.</exception>
    public static DatabaseEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ConnectionStringText.IsOne(text) ? ConnectionStringText.Parse(text) : EndpointUri.Parse(text);
    }

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
