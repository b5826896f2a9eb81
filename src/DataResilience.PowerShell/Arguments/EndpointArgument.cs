namespace DataResilience.PowerShell.Arguments;

/// <summary>
/// A database given on the command line: an endpoint URI, an endpoint, or an object from Get-Database. The URI is read
/// when the cmdlet runs and not while parameters are bound, so that a wrong one has its own error code.
/// </summary>
public sealed class EndpointArgument
{
    private readonly string uri;
    private readonly DatabaseEndpoint? endpoint;

    /// <summary>Takes an endpoint URI.</summary>
    /// <param name="uri">For example <c>sqlite:data/shop.db</c>.</param>
    public EndpointArgument(string uri)
    {
        this.uri = uri;
    }

    /// <summary>Takes an endpoint.</summary>
    /// <param name="endpoint">Where the database is.</param>
    public EndpointArgument(DatabaseEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        this.endpoint = endpoint;
        uri = endpoint.ToString();
    }

    /// <summary>Takes whatever was given for a database.</summary>
    /// <param name="value">An endpoint URI, an endpoint, an object from Get-Database, also one that came out of a job, or a file.</param>
    /// <returns>The argument; null where the value names no database.</returns>
    internal static EndpointArgument? From(object? value) => Unwrapped.Of(value) switch
    {
        EndpointArgument argument => argument,
        DatabaseEndpoint endpoint => new EndpointArgument(endpoint),
        Database database => new EndpointArgument(database.Endpoint),
        string { Length: > 0 } uri => new EndpointArgument(uri),
        FileSystemInfo file => new EndpointArgument(new DatabaseEndpoint { Engine = DatabaseEngine.Sqlite, Database = file.FullName }),
        _ => Unwrapped.IsDeserialized<Database>(value) || Unwrapped.IsDeserialized<DatabaseEndpoint>(value)
            ? new EndpointArgument(value!.ToString()!)
            : null,
    };

    /// <summary>The endpoint.</summary>
    /// <returns>Where the database is.</returns>
    /// <exception cref="DataResilienceException"><c>EndpointInvalid</c> or <c>PasswordInUri</c>.</exception>
    public DatabaseEndpoint ToEndpoint() => endpoint ?? DatabaseEndpoint.Parse(uri);

    /// <summary>The endpoint; a URI that was not read yet is not shown, since it may hold a password.</summary>
    /// <returns>The endpoint URI, or the type's name.</returns>
    public override string ToString() => endpoint?.ToString() ?? nameof(EndpointArgument);
}
