using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>What the driver itself does not go on with while a session is opened, as an entry of the error catalogue.</summary>
internal static class OpeningFailures
{
    // The driver's own words: it has one number for all of these.
    private const string TimedOut = "Connect Timeout expired";

    private const string NothingThere = "Unable to connect to any";

    private const string NoSocket = "Cannot find Unix Socket";

    private const string NoEncryption = "Server does not support SSL";

    private const string CertificateRefused = "rejected client certificate";

    internal static Exception? Translate(Exception failure, ServerAddress address, CertificateCheck? check)
    {
        Exception cause = failure is MySqlException { InnerException: { } inner } ? inner : failure;
        if (check?.Reason is { } reason)
        {
            return Errors.TlsFailed.CreateFrom(failure, address, reason);
        }

        return cause switch
        {
            // Handshakes, and the files of certificates and keys: no other file is read while a session is opened.
            AuthenticationException or CryptographicException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException =>
                Errors.TlsFailed.CreateFrom(failure, address, cause.Message),
            NotSupportedException when MethodIn(cause.Message) is { } method => Errors.AuthenticationUnsupported.CreateFrom(failure, address, method),
            MySqlException own => OfDriver(own, address),
            _ when failure.Message.Contains(CertificateRefused, StringComparison.Ordinal) =>
                Errors.TlsFailed.CreateFrom(failure, address, "the server refused the client's certificate"),
            _ when failure.Message.Contains(TimedOut, StringComparison.Ordinal) => OfTimeout(failure, address),
            IOException or SocketException => Errors.ServerUnreachable.CreateFrom(failure, address, $"{address.Place} ended the connection: {cause.Message}"),
            FormatException or ArgumentException or IndexOutOfRangeException or InvalidOperationException =>
                Errors.ServerUnreachable.CreateFrom(failure, address, $"what answers at {address.Place} does not speak MySQL's protocol"),
            _ => null,
        };
    }

    private static DataResilienceException OfDriver(MySqlException failure, ServerAddress address) => failure.Message switch
    {
        var text when text.Contains(TimedOut, StringComparison.Ordinal) => OfTimeout(failure, address),
        var text when text.Contains(NothingThere, StringComparison.Ordinal) || text.Contains(NoSocket, StringComparison.Ordinal) =>
            Errors.ServerUnreachable.CreateFrom(failure, address, $"nothing answers at {address.Place}"),
        var text when text.Contains(NoEncryption, StringComparison.Ordinal) =>
            Errors.TlsFailed.CreateFrom(failure, address, "the server does not offer encryption"),
        var text when text.Contains("public key", StringComparison.OrdinalIgnoreCase) || text.Contains("PublicKey", StringComparison.Ordinal) =>
            Errors.LoginRejected.CreateFrom(
                failure, address, "the password may only be sent encrypted; use ssl-mode=REQUIRED, or get-server-public-key=true if nobody can come in between"),
        var text when text.Contains("secure connection", StringComparison.Ordinal) =>
            Errors.LoginRejected.CreateFrom(failure, address, "the account's password may only be sent over an encrypted session; use ssl-mode=REQUIRED"),
        var text => Errors.ServerUnreachable.CreateFrom(failure, address, text),
    };

    private static DataResilienceException OfTimeout(Exception failure, ServerAddress address) =>
        Errors.ServerUnreachable.CreateFrom(failure, address, $"{address.Place} did not answer within {address.Timeout} seconds");

    /// <summary>The method of authentication that the driver does not know: it names it in quotes, or says which package would bring it.</summary>
    private static string? MethodIn(string message)
    {
        string? known = Array.Find(["client_ed25519", "parsec", "mysql_old_password"], name => message.Contains(name, StringComparison.Ordinal));
        return known ?? (message.Contains("Authentication method", StringComparison.Ordinal) && message.Split('\'') is [_, var name, ..] ? name : null);
    }
}
