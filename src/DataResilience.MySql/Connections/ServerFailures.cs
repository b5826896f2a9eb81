using System.Net.Sockets;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Turns what the driver throws into an entry of the error catalogue. What it does not know it leaves as it is.</summary>
internal abstract class ServerFailures
{
    /// <summary>Makes the exception for a failure of a session; null where it is to be left as it is.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="address">The server it was talking to.</param>
    /// <param name="isOpening">Whether the session was being opened.</param>
    /// <param name="cancellationToken">Whoever cancelled gets the cancellation, not what it did to the connection.</param>
    internal Exception? Translate(Exception failure, ServerAddress address, bool isOpening, CancellationToken cancellationToken)
    {
        if (failure is DataResilienceException)
        {
            return null;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return failure is OperationCanceledException ? null : new OperationCanceledException(failure.Message, failure, cancellationToken);
        }

        return failure switch
        {
            MySqlException { Number: > 0 } answer => OfSide(answer, address) ?? OfAnswer(answer, address),
            MySqlException or SocketException or TimeoutException or IOException => isOpening
                ? Errors.ServerUnreachable.CreateFrom(failure, address, (failure.InnerException ?? failure).Message)
                : Errors.ConnectionLost.CreateFrom(failure, address, (failure.InnerException ?? failure).Message),
            _ => null,
        };
    }

    /// <summary>What the server answered, where it does not mean the same on either side; null leaves it.</summary>
    protected abstract Exception? OfSide(MySqlException answer, ServerAddress address);

    private static DataResilienceException OfAnswer(MySqlException answer, ServerAddress address) => answer.ErrorCode switch
    {
        MySqlErrorCode.AccessDenied => Errors.LoginRejected.CreateFrom(answer, address, answer.Message),
        _ => Errors.ServerRefused.CreateFrom(answer, address, $"{answer.Message} ({answer.Number})"),
    };
}
