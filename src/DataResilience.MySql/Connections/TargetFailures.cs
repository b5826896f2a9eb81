using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Failures of a database that is restored into.</summary>
internal sealed class TargetFailures : ServerFailures
{
    protected override Exception? OfSide(MySqlException answer, ServerAddress address) => answer.ErrorCode switch
    {
        MySqlErrorCode.UnknownDatabase => Errors.TargetNotFound.CreateFrom(answer, address),
        MySqlErrorCode.DatabaseCreateExists => Errors.TargetExists.CreateFrom(answer, address),
        MySqlErrorCode.DiskFull or MySqlErrorCode.RecordFileFull => Errors.TargetFull.CreateFrom(answer, address),
        _ => null,
    };
}
