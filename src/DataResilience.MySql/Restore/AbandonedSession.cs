using System.Globalization;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Ends at the server what goes on there for a connection that was cut: it notices that nobody listens only when it next has something to say.</summary>
internal static class AbandonedSession
{
    /// <summary>Ends one session, by its number, and waits until it is gone: it holds its locks until then.</summary>
    internal static async Task EndAsync(ServerSession session, int id, CancellationToken cancellationToken)
    {
        string number = ((uint)id).ToString(CultureInfo.InvariantCulture);
        try
        {
            await session.ExecuteAsync($"KILL {number}", cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.NoSuchThread })
        {
            // It ended by itself, which is what was wanted.
            _ = failure;
            return;
        }

        while (await session.ScalarAsync($"SELECT 1 FROM information_schema.processlist WHERE id = {number}", cancellationToken) is not null)
        {
            await session.ExecuteAsync("DO SLEEP(0.02)", cancellationToken);
        }
    }
}
