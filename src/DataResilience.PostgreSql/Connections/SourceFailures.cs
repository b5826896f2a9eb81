using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Failures of a database that is read.</summary>
internal sealed class SourceFailures : ServerFailures
{
    protected override Exception? OfSide(PostgresException answer, ServerAddress address) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => Errors.SourceNotFound.CreateFrom(answer, address),
        // On a standby, recovery cancels what stands in its way (code 40001, or 57014/57P01 with these words).
        _ when answer.MessageText.Contains("conflict with recovery", StringComparison.Ordinal) =>
            Errors.SnapshotCancelled.CreateFrom(answer, address, answer.Detail ?? answer.MessageText),
        _ => null,
    };
}
