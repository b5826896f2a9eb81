using System.Management.Automation;
using DataResilience.PowerShell.Commands;

namespace DataResilience.PowerShell.Arguments;

/// <summary>A source or a target as its parameters give it, before it is put together.</summary>
internal sealed record EndpointParts
{
    /// <summary>-Source or -Target.</summary>
    public EndpointArgument? Uri { get; init; }

    /// <summary>-Engine or -TargetEngine.</summary>
    public DatabaseEngine? Engine { get; init; }

    /// <summary>-Server or -TargetServer.</summary>
    public string? Server { get; init; }

    /// <summary>-Port or -TargetPort.</summary>
    public int? Port { get; init; }

    /// <summary>-Database or -TargetDatabase.</summary>
    public string? Database { get; init; }

    /// <summary>-Credential or -TargetCredential.</summary>
    public PSCredential? Credential { get; init; }

    /// <summary>The parts of a source.</summary>
    /// <param name="cmdlet">Whose source.</param>
    /// <returns>The parts as they were given.</returns>
    public static EndpointParts OfSource(ISourceParameters cmdlet) => new()
    {
        Uri = cmdlet.Source,
        Engine = cmdlet.Engine,
        Server = cmdlet.Server,
        Port = cmdlet.Port,
        Database = cmdlet.Database,
        Credential = cmdlet.Credential,
    };

    /// <summary>Puts the endpoint together.</summary>
    /// <param name="session">Resolves the path of a file against the current location.</param>
    /// <returns>The endpoint; null where none of its parameters was given.</returns>
    /// <exception cref="DataResilienceException">The URI is wrong, or the parts do not make an endpoint.</exception>
    public DatabaseEndpoint? Compose(SessionState session)
    {
        if (Uri is null && Engine is null && Server is null && Port is null && Database is null && Credential is null)
        {
            return null;
        }

        var endpoint = Uri is null ? FromParts() : Combine(Uri.ToEndpoint());
        if (endpoint.Engine == DatabaseEngine.Sqlite && endpoint.Database.Length > 0)
        {
            endpoint = endpoint with { Database = ProviderPath.Resolve(session, endpoint.Database) };
        }

        return Credential is null ? endpoint : (endpoint with { User = UserName(Credential) }).WithPassword(Credential.Password);
    }

    // Without a server there is one engine that can be meant: the one whose database is a file.
    private DatabaseEndpoint FromParts() => new()
    {
        Engine = Engine ?? (Server is null ? DatabaseEngine.Sqlite : throw Errors.ArgumentInvalid.Create(
            "the engine", "it was left out, though a server is named")),
        Server = Server ?? "",
        Port = Port,
        Database = Database ?? "",
    };

    private DatabaseEndpoint Combine(DatabaseEndpoint endpoint) => endpoint with
    {
        Engine = Engine ?? endpoint.Engine,
        Server = Server ?? endpoint.Server,
        Port = Port ?? endpoint.Port,
        Database = Database is null ? endpoint.Database : DatabaseAt(endpoint, Database),
    };

    // A server holds databases by name, a directory holds them by file.
    private static string DatabaseAt(DatabaseEndpoint endpoint, string database) =>
        endpoint.Engine == DatabaseEngine.Sqlite ? Path.Combine(endpoint.Database, database) : database;

    private static string UserName(PSCredential credential) => credential.UserName.TrimStart('\\');
}
