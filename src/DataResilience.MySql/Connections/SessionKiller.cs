using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Ends sessions at the server, from another session.</summary>
internal static class SessionKiller
{
    private const int LongestWait = 5;

    /// <summary>Ends one.</summary>
    /// <param name="address">Its server.</param>
    /// <param name="processId">Its number there; 0 for one that never had one.</param>
    /// <returns>Whether it is gone; not where its server does not answer.</returns>
    internal static async Task<bool> TryEndAsync(ServerAddress address, int processId)
    {
        try
        {
            await using MySqlConnection connection = address.WithDatabase("").ToConnection(SessionPurpose.Read, new CertificateCheck(address.Tls), LongestWait);
            await connection.OpenAsync(CancellationToken.None);
            // The driver has the number signed.
            await using var command = new MySqlCommand($"KILL {(uint)processId}", connection) { CommandTimeout = LongestWait };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        }
        catch (MySqlException failure)
        {
            return failure.ErrorCode == MySqlErrorCode.NoSuchThread;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
