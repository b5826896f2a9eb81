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

    /// <summary>The endpoint.</summary>
    /// <returns>Where the database is.</returns>
    /// <exception cref="DataResilienceException"><c>EndpointInvalid</c> or <c>PasswordInUri</c>.</exception>
    public DatabaseEndpoint ToEndpoint() => endpoint ?? DatabaseEndpoint.Parse(uri);

    /// <summary>The endpoint; a URI that was not read yet is not shown, since it may hold a password.</summary>
    /// <returns>The endpoint URI, or the type's name.</returns>
    public override string ToString() => endpoint?.ToString() ?? nameof(EndpointArgument);
}
