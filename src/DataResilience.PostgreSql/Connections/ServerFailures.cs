using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Turns what the driver throws into an entry of the error catalogue. What it does not know it leaves as it is.</summary>
internal abstract class ServerFailures
{
    /// <summary>Makes the exception for a failure; null where it is to be left as it is.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="address">The server it was talking to.</param>
    /// <param name="cancellationToken">Whoever cancelled gets the cancellation, not what it did to the connection.</param>
    internal Exception? Translate(Exception failure, ServerAddress address, CancellationToken cancellationToken)
    {
        if (failure is DataResilienceException)
        {
            return null;
        }

        // The cause goes with it: callers that can do something about one answer ask for its code.
        if (cancellationToken.IsCancellationRequested)
        {
            return failure is OperationCanceledException ? null : new OperationCanceledException(failure.Message, failure, cancellationToken);
        }

        return failure switch
        {
            PostgresException answer => OfAnswer(answer, address),
            NpgsqlException { InnerException: AuthenticationException inner } => Errors.TlsFailed.CreateFrom(failure, address, inner.Message),
            NpgsqlException or SocketException or TimeoutException or IOException => OfConnection(failure, address),
            _ => null,
        };
    }

    /// <summary>What the server answered, where it means the same on either side; null leaves it to the side.</summary>
    protected abstract Exception? OfSide(PostgresException answer, ServerAddress address);

    private Exception OfAnswer(PostgresException answer, ServerAddress address) => OfSide(answer, address) ?? answer.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => OfLogin(answer, address),
        PostgresErrorCodes.InsufficientPrivilege => Errors.PermissionDenied.CreateFrom(answer, address, answer.MessageText),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded =>
            Errors.ConnectionsExhausted.CreateFrom(answer, address, answer.MessageText),
        PostgresErrorCodes.OutOfMemory when answer.Hint?.Contains("max_locks_per_transaction", StringComparison.Ordinal) == true =>
            Errors.LocksExhausted.CreateFrom(answer, address),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            Errors.ConnectionLost.CreateFrom(answer, address, answer.MessageText),
        _ => Errors.ServerRefused.CreateFrom(answer, address, $"{answer.MessageText} ({answer.SqlState})"),
    };

    /// <summary>A server that takes TLS only says so in the words of pg_hba.conf; there is no code of its own for it.</summary>
    private static DataResilienceException OfLogin(PostgresException answer, ServerAddress address) =>
        answer.MessageText.Contains("no encryption", StringComparison.Ordinal) || answer.MessageText.Contains("SSL off", StringComparison.Ordinal)
            ? Errors.TlsRequired.CreateFrom(answer, address)
            : Errors.LoginRejected.CreateFrom(answer, address, answer.MessageText);

    private static DataResilienceException OfConnection(Exception failure, ServerAddress address)
    {
        string reason = (failure.InnerException ?? failure).Message;
        bool neverConnected = failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut or SocketError.NoData };
        return neverConnected ? Errors.ServerUnreachable.CreateFrom(failure, address, reason) : Errors.ConnectionLost.CreateFrom(failure, address, reason);
    }
}
