using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Failures of a database that is read.</summary>
internal sealed class SourceFailures : ServerFailures
{
    protected override Exception? OfSide(MySqlException answer, ServerAddress address) => answer.ErrorCode switch
    {
        MySqlErrorCode.UnknownDatabase => Errors.SourceNotFound.CreateFrom(answer, address),
        _ => null,
    };
}
