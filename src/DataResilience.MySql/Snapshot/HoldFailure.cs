using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Why a state could not be held still.</summary>
/// <param name="Reason">A clause for the user.</param>
/// <param name="MayTryAgain">Whether it may be possible later.</param>
internal sealed record HoldFailure(string Reason, bool MayTryAgain)
{
    /// <summary>What a failed statement says of it; null where it says nothing of the kind.</summary>
    internal static HoldFailure? Of(DataResilienceException failure) => failure.InnerException is not MySqlException answer
        ? null
        : answer.ErrorCode switch
        {
            MySqlErrorCode.SpecifiedAccessDeniedError or MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.TableAccessDenied
                or MySqlErrorCode.AccessDenied or MySqlErrorCode.OptionPreventsStatement => new HoldFailure(answer.Message, MayTryAgain: false),
            MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.LockDeadlock or MySqlErrorCode.QueryInterrupted
                or MySqlErrorCode.NoSuchTable or MySqlErrorCode.WrongObject => new HoldFailure(answer.Message, MayTryAgain: true),
            _ => null,
        };
}
