using System.Net.Sockets;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Ends what a session does at the server, from another session.</summary>
internal static class StatementKiller
{
    private const int LongestWait = 5;

    /// <summary>
    /// Ends a statement. Never the session: while one that was killed still wrote its result, a new login on MySQL 8.4 was once
    /// answered with what is no greeting (a packet with the number 64, the fourth byte of a full TLS record), as if the socket had
    /// got a new owner too early.
    /// </summary>
    /// <param name="address">Its server.</param>
    /// <param name="processId">The number of the session.</param>
    /// <returns>Whether it ends, or has ended; not where the server does not answer.</returns>
    internal static async Task<bool> TryEndAsync(ServerAddress address, int processId)
    {
        try
        {
            await using MySqlConnection connection = address.WithDatabase("").ToConnection(SessionPurpose.Read, new CertificateCheck(address.Tls), LongestWait);
            await connection.OpenAsync(CancellationToken.None);
            // The driver has the number signed.
            await using var command = new MySqlCommand($"KILL QUERY {(uint)processId}", connection) { CommandTimeout = LongestWait };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        }
        catch (MySqlException failure)
        {
            return failure.ErrorCode == MySqlErrorCode.NoSuchThread;
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or SocketException)
        {
            return false;
        }
    }
}
