using System.Globalization;

namespace DataResilience.PostgreSql;

/// <summary>Opens sessions for a restore: quick where being quick costs no safety, since nothing is seen of them before the commit.</summary>
internal static class RestoreSession
{
    private const string SqlAscii = "SQL_ASCII";

    // Kilobytes of memory for the index builds of all sessions together.
    private const int IndexMemory = 512 * 1024;

    /// <summary>Opens a session.</summary>
    /// <param name="address">The database.</param>
    /// <param name="failures">How failures are told.</param>
    /// <param name="sourceEncoding">The encoding of the database that was backed up.</param>
    /// <param name="sessions">How many such sessions there will be at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<ServerSession> OpenAsync(
        ServerAddress address, ServerFailures failures, string sourceEncoding, int sessions, CancellationToken cancellationToken)
    {
        ServerSession session = await ServerSession.OpenAsync(address, failures, cancellationToken);
        try
        {
            await session.ExecuteAsync(Settings(sourceEncoding, sessions), cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static string Settings(string sourceEncoding, int sessions)
    {
        string memory = (IndexMemory / sessions).ToString(CultureInfo.InvariantCulture);
        // Rows of such a database are bytes of no known encoding: as UTF8 the server would refuse what is none.
        string encoding = sourceEncoding == SqlAscii ? $"SET client_encoding = '{SqlAscii}'; " : "";
        return encoding + $"""
            SET check_function_bodies = off; SET client_min_messages = warning; SET synchronous_commit = off;
            SELECT pg_catalog.set_config(name, pg_catalog.concat(greatest(setting::bigint, {memory}), 'kB'), false)
            FROM pg_catalog.pg_settings WHERE name = 'maintenance_work_mem'
            """;
    }
}
