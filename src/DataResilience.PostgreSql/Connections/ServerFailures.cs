using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Turns what the driver throws into an entry of the error catalogue. What it does not know it leaves as it is.</summary>
internal abstract class ServerFailures
{
    // Two limits that an administrator may have put on a role; the driver has no name for them.
    private const string IdleInTransaction = "25P03";

    private const string IdleSession = "57P05";

    /// <summary>Makes the exception for a failure of a session that was open; null where it is to be left as it is.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="address">The server it was talking to.</param>
    /// <param name="cancellationToken">Whoever cancelled gets the cancellation, not what it did to the connection.</param>
    internal Exception? Translate(Exception failure, ServerAddress address, CancellationToken cancellationToken) =>
        Translate(failure, address, isOpening: false, cancellationToken);

    /// <summary>Makes the exception for a session that could not be opened; null where it is to be left as it is.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="address">The server it was talking to.</param>
    /// <param name="cancellationToken">Whoever cancelled gets the cancellation.</param>
    internal Exception? TranslateOpening(Exception failure, ServerAddress address, CancellationToken cancellationToken) =>
        Translate(failure, address, isOpening: true, cancellationToken);

    /// <summary>What the server answered, where it means the same on either side; null leaves it to the side.</summary>
    protected abstract Exception? OfSide(PostgresException answer, ServerAddress address);

    private Exception? Translate(Exception failure, ServerAddress address, bool isOpening, CancellationToken cancellationToken)
    {
        if (failure is DataResilienceException)
        {
            return null;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return failure is OperationCanceledException ? null : new OperationCanceledException(failure.Message, failure, cancellationToken);
        }

        // The cause goes with it: callers that can do something about one answer ask for its code.
        return First(failure) switch
        {
            PostgresException answer => OfAnswer(answer, address, isOpening),
            NpgsqlException { InnerException: { } inner } when isOpening && IsOfTls(inner) => Errors.TlsFailed.CreateFrom(failure, address, ReasonOfTls(inner)),
            var own when isOpening && IsOfTls(own) => Errors.TlsFailed.CreateFrom(failure, address, ReasonOfTls(own)),
            NpgsqlException { InnerException: null } own when isOpening => OfDriver(own, address),
            NpgsqlException or SocketException or TimeoutException or IOException => OfConnection(First(failure), address, isOpening),
            _ => null,
        };
    }

    /// <summary>Handshakes, and the files of certificates and keys: no other file is read while a session is opened.</summary>
    private static bool IsOfTls(Exception failure) => failure is AuthenticationException or CryptographicException
        or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException;

    /// <summary>Of several hosts, what the first said; they were tried in the order they were given in.</summary>
    private static Exception First(Exception failure) =>
        failure is NpgsqlException { InnerException: AggregateException { InnerExceptions: [var first, ..] } } ? First(first) : failure;

    private Exception OfAnswer(PostgresException answer, ServerAddress address, bool isOpening) => OfSide(answer, address) ?? answer.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => OfLogin(answer, address),
        PostgresErrorCodes.InsufficientPrivilege => Errors.PermissionDenied.CreateFrom(answer, address, answer.MessageText),
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded =>
            Errors.ConnectionsExhausted.CreateFrom(answer, address, answer.MessageText),
        PostgresErrorCodes.OutOfMemory when answer.Hint?.Contains("max_locks_per_transaction", StringComparison.Ordinal) == true =>
            Errors.LocksExhausted.CreateFrom(answer, address),
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown when isOpening =>
            Errors.ServerUnreachable.CreateFrom(answer, address, answer.MessageText),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or IdleInTransaction or IdleSession => Errors.ConnectionLost.CreateFrom(answer, address, answer.MessageText),
        // A pooler says so of settings that a session of its own would have to have; its words are its own, and never translated.
        PostgresErrorCodes.ProtocolViolation when answer.MessageText.Contains("unsupported startup parameter", StringComparison.Ordinal) =>
            Errors.PoolerUnsupported.CreateFrom(answer, address),
        _ => Errors.ServerRefused.CreateFrom(answer, address, $"{answer.MessageText} ({answer.SqlState})"),
    };

    /// <summary>A server that takes TLS only says so in the words of pg_hba.conf; there is no code of its own for it.</summary>
    private static DataResilienceException OfLogin(PostgresException answer, ServerAddress address) =>
        answer.MessageText.Contains("no encryption", StringComparison.Ordinal) || answer.MessageText.Contains("SSL off", StringComparison.Ordinal)
            ? Errors.TlsRequired.CreateFrom(answer, address)
            : Errors.LoginRejected.CreateFrom(answer, address, answer.MessageText);

    /// <summary>What the driver itself does not go on with.</summary>
    private static DataResilienceException OfDriver(NpgsqlException failure, ServerAddress address) => failure.Message switch
    {
        var text when text.Contains("password", StringComparison.OrdinalIgnoreCase) => Errors.LoginRejected.CreateFrom(failure, address, "no password was given"),
        var text when text.Contains("SSL", StringComparison.Ordinal) => Errors.TlsFailed.CreateFrom(failure, address, text),
        var text => Errors.ServerUnreachable.CreateFrom(failure, address, text),
    };

    /// <summary>What the runtime says of a certificate names its own callback, which helps nobody.</summary>
    private static string ReasonOfTls(Exception failure) =>
        failure.Message.Contains("RemoteCertificateValidationCallback", StringComparison.Ordinal)
            ? "the server's certificate is of no trusted authority, or for another host name"
            : failure.Message;

    private static DataResilienceException OfConnection(Exception failure, ServerAddress address, bool isOpening)
    {
        string reason = (failure.InnerException ?? failure).Message;
        return isOpening
            ? Errors.ServerUnreachable.CreateFrom(failure, address, reason)
            : Errors.ConnectionLost.CreateFrom(failure, address, reason);
    }
}
