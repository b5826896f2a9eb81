namespace DataResilience.MySql;

/// <summary>Finds the databases of a server.</summary>
internal static class DatabaseLister
{
    internal static Task<IReadOnlyList<Database>> ListAsync(ServerSession session, DatabaseEndpoint endpoint, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
