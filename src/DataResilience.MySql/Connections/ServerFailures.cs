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
    internal Exception? Translate(Exception failure, ServerAddress address, bool isOpening, CancellationToken cancellationToken) =>
        isOpening
            ? TranslateOpening(failure, address, check: null, cancellationToken)
            : Translate(failure, () => OfSession(failure, address), cancellationToken);

    /// <summary>Makes the exception for a session that could not be opened; null where it is to be left as it is.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="address">The server it was talking to.</param>
    /// <param name="check">Knows what was wrong with the server's certificate; null where it was not reached.</param>
    /// <param name="cancellationToken">Whoever cancelled gets the cancellation.</param>
    internal Exception? TranslateOpening(Exception failure, ServerAddress address, CertificateCheck? check, CancellationToken cancellationToken) =>
        Translate(
            failure,
            () => failure is MySqlException { SqlState: not null } answer
                ? OfAnswer(answer, address, isOpening: true)
                : OpeningFailures.Translate(failure, address, check),
            cancellationToken);

    /// <summary>What the server answered, where it does not mean the same on either side; null leaves it.</summary>
    protected abstract Exception? OfSide(MySqlException answer, ServerAddress address);

    private static Exception? Translate(Exception failure, Func<Exception?> translate, CancellationToken cancellationToken)
    {
        if (failure is DataResilienceException)
        {
            return null;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return failure is OperationCanceledException ? null : new OperationCanceledException(failure.Message, failure, cancellationToken);
        }

        return translate();
    }

    private Exception? OfSession(Exception failure, ServerAddress address) => failure switch
    {
        // The driver states the SQL state of what the server said, and of nothing else.
        MySqlException { SqlState: not null } answer => OfAnswer(answer, address, isOpening: false),
        MySqlException { InnerException: { } inner } own when own.Message.Contains("LOCAL INFILE", StringComparison.Ordinal) => OfLoad(own, inner, address),
        MySqlException own when own.Message.Contains("max_allowed_packet", StringComparison.Ordinal) => Errors.PacketTooLarge.CreateFrom(own, address, own.Message),
        MySqlException or SocketException or TimeoutException or IOException or MySqlProtocolException =>
            Errors.ConnectionLost.CreateFrom(failure, address, (failure.InnerException ?? failure).Message),
        _ => null,
    };

    /// <summary>Rows are sent from within the driver: what went wrong where they come from is not the server's failure.</summary>
    private static Exception? OfLoad(MySqlException failure, Exception inner, ServerAddress address) => inner switch
    {
        DataResilienceException or OperationCanceledException => inner,
        // The driver has no source of that name: the server asked for another file than the one it was told of.
        NotSupportedException or KeyNotFoundException => Errors.ServerUntrusted.CreateFrom(failure, address),
        IOException or SocketException => Errors.ConnectionLost.CreateFrom(failure, address, inner.Message),
        _ => null,
    };

    private Exception OfAnswer(MySqlException answer, ServerAddress address, bool isOpening) =>
        OfSide(answer, address) ?? AnswerFailures.Translate(answer, address, isOpening);
}
