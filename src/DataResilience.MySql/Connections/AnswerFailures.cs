using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>What a server answered, as an entry of the error catalogue, where it means the same on either side.</summary>
internal static class AnswerFailures
{
    internal static DataResilienceException Translate(MySqlException answer, ServerAddress address, bool isOpening) => answer.Number switch
    {
        ServerError.AccessDenied or ServerError.AccessDeniedNoPassword or ServerError.HostNotPrivileged or ServerError.HostIsBlocked
            or ServerError.MustChangePassword or ServerError.MustChangePasswordLogin or ServerError.AccountLocked or ServerError.MariaDbAccountLocked
            or ServerError.AccountBlocked => Errors.LoginRejected.CreateFrom(answer, address, ReasonOfLogin(answer, address, isOpening)),
        ServerError.SecureTransportRequired => Errors.TlsRequired.CreateFrom(answer, address),
        ServerError.AuthenticationModeUnsupported or ServerError.PluginNotLoaded when isOpening =>
            Errors.AuthenticationUnsupported.CreateFrom(answer, address, MethodIn(answer.Message)),
        ServerError.TooManyConnections or ServerError.TooManyUserConnections or ServerError.UserLimitReached =>
            Errors.ConnectionsExhausted.CreateFrom(answer, address, answer.Message),
        ServerError.DatabaseAccessDenied or ServerError.TableAccessDenied or ServerError.ColumnAccessDenied or ServerError.SpecificAccessDenied
            or ServerError.RoutineAccessDenied or ServerError.KillDenied or ServerError.ViewNoExplain or ServerError.RoutineUnsafe
            or ServerError.RoutineNeedsSuper => Errors.PermissionDenied.CreateFrom(answer, address, answer.Message),
        ServerError.PacketTooLarge => Errors.PacketTooLarge.CreateFrom(answer, address, answer.Message),
        ServerError.LocalInfileDisabled or ServerError.MariaDbLocalInfileDisabled => Errors.LocalInfileDisabled.CreateFrom(answer, address, answer.Message),
        ServerError.CommandNotAllowed when answer.Message.Contains("not allowed", StringComparison.Ordinal) =>
            Errors.LocalInfileDisabled.CreateFrom(answer, address, answer.Message),
        ServerError.ShutdownInProgress when isOpening => Errors.ServerUnreachable.CreateFrom(answer, address, answer.Message),
        ServerError.ShutdownInProgress or ServerError.ForcedClose or ServerError.AbortedConnection or ServerError.NewAbortedConnection
            or ServerError.NetworkRead or ServerError.NetworkReadInterrupted or ServerError.NetworkWrite or ServerError.NetworkWriteInterrupted
            or ServerError.QueryInterrupted or ServerError.SessionKilled or ServerError.MariaDbSessionKilled or ServerError.InteractionTimeout =>
            Errors.ConnectionLost.CreateFrom(answer, address, answer.Message),
        _ => Errors.ServerRefused.CreateFrom(answer, address, $"{answer.Message} ({answer.Number})"),
    };

    /// <summary>An account that takes encrypted sessions only is told apart from a wrong password by nothing.</summary>
    private static string ReasonOfLogin(MySqlException answer, ServerAddress address, bool isOpening) =>
        isOpening && answer.Number == ServerError.AccessDenied && address.Tls is { Mode: TlsMode.Disabled, HasHostName: true }
            ? $"{answer.Message}; ssl-mode is DISABLED, and the account may take encrypted sessions only"
            : answer.Message;

    private static string MethodIn(string message) => message.Split('\'') is [_, var name, ..] ? name : message;
}
