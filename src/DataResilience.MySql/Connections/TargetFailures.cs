using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Failures of a database that is restored into.</summary>
internal sealed class TargetFailures : ServerFailures
{
    // What the operating system says of a full disk, which the servers repeat behind a number of their own.
    private const string NoSpace = "28";

    protected override Exception? OfSide(MySqlException answer, ServerAddress address) => answer.ErrorCode switch
    {
        MySqlErrorCode.UnknownDatabase => Errors.TargetNotFound.CreateFrom(answer, address),
        MySqlErrorCode.DatabaseCreateExists => Errors.TargetExists.CreateFrom(answer, address),
        _ => answer.Number switch
        {
            ServerError.DiskFull or ServerError.TableFull => Errors.TargetFull.CreateFrom(answer, address),
            ServerError.Write or ServerError.StorageEngine when IsFull(answer.Message) => Errors.TargetFull.CreateFrom(answer, address),
            ServerError.LockWaitTimeout or ServerError.Deadlock => Errors.TargetInUse.CreateFrom(answer, address, $"another session: {answer.Message}"),
            ServerError.OptionPreventsStatement or ServerError.ReadOnlyMode => Errors.TargetUnwritable.CreateFrom(answer, address, answer.Message),
            _ => null,
        },
    };

    private static bool IsFull(string message) =>
        message.Contains($"error {NoSpace}", StringComparison.OrdinalIgnoreCase) || message.Contains($"rrcode: {NoSpace}", StringComparison.Ordinal)
        || message.Contains($"errno: {NoSpace}", StringComparison.Ordinal);
}
