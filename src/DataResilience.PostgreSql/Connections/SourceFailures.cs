using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Failures of a database that is read.</summary>
internal sealed class SourceFailures : ServerFailures
{
    protected override Exception? OfSide(PostgresException answer, ServerAddress address) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => Errors.SourceNotFound.CreateFrom(answer, address),
        // On a standby, recovery ends what stands in its way. A transaction that only reads has no other reason to fail so.
        PostgresErrorCodes.SerializationFailure =>
            Errors.SnapshotCancelled.CreateFrom(answer, address, answer.MessageText),
        _ => null,
    };
}
