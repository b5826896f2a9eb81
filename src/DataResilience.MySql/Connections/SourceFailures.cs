using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Failures of a database that is read.</summary>
internal sealed class SourceFailures : ServerFailures
{
    protected override Exception? OfSide(MySqlException answer, ServerAddress address) => answer.ErrorCode switch
    {
        MySqlErrorCode.UnknownDatabase => Errors.SourceNotFound.CreateFrom(answer, address),
        _ => answer.Number switch
        {
            ServerError.TableDefinitionChanged => Errors.SourceChanged.CreateFrom(answer, address, answer.Message),
            // Whoever only reads waits for nothing but definitions and the locks of a snapshot.
            ServerError.LockWaitTimeout or ServerError.Deadlock => Errors.SnapshotNotHeld.CreateFrom(answer, address, answer.Message),
            _ => null,
        },
    };
}
