namespace DataResilience.PostgreSql;

/// <summary>Opens a session from which databases are made, renamed and dropped: it cannot be in the database it does that to.</summary>
internal static class MaintenanceSession
{
    private static readonly string[] Databases = ["postgres", "template1"];

    internal static async Task<ServerSession> OpenAsync(ServerAddress server, ServerFailures failures, CancellationToken cancellationToken)
    {
        DataResilienceException? first = null;
        foreach (string database in Databases.Where(name => name != server.Database))
        {
            try
            {
                return await ServerSession.OpenAsync(server.WithDatabase(database), failures, cancellationToken);
            }
            catch (DataResilienceException failure) when (IsAboutDatabase(failure))
            {
                first ??= failure;
            }
        }

        throw first ?? Errors.TargetNotFound.Create(server);
    }

    /// <summary>Whether the database is not there or not for this user, so that another one may do.</summary>
    private static bool IsAboutDatabase(DataResilienceException failure) =>
        failure.ErrorCode == Errors.TargetNotFound.Code || failure.ErrorCode == Errors.SourceNotFound.Code || failure.ErrorCode == Errors.PermissionDenied.Code
        || failure.ErrorCode == Errors.TargetPermissionDenied.Code;
}
