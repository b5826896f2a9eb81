using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Failures of a database that is restored into.</summary>
internal sealed class TargetFailures : ServerFailures
{
    protected override Exception? OfSide(PostgresException answer, ServerAddress address) => answer.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => Errors.TargetNotFound.Create(address),
        PostgresErrorCodes.DiskFull => Errors.TargetFull.Create(address),
        PostgresErrorCodes.DuplicateDatabase => Errors.TargetExists.Create(address),
        PostgresErrorCodes.ObjectInUse => Errors.TargetInUse.Create(address, answer.Detail ?? answer.MessageText),
        _ => null,
    };
}
