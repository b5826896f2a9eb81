using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Failures of a database that is restored into.</summary>
internal sealed class TargetFailures : ServerFailures
{
    protected override Exception? OfSide(PostgresException answer, ServerAddress address) => answer.SqlState switch
    {
        PostgresErrorCodes.InsufficientPrivilege => Errors.TargetPermissionDenied.CreateFrom(answer, address, answer.MessageText),
        PostgresErrorCodes.InvalidCatalogName => Errors.TargetNotFound.CreateFrom(answer, address),
        PostgresErrorCodes.DiskFull => Errors.TargetFull.CreateFrom(answer, address),
        PostgresErrorCodes.DuplicateDatabase => Errors.TargetExists.CreateFrom(answer, address),
        PostgresErrorCodes.ObjectInUse => Errors.TargetInUse.CreateFrom(answer, address, answer.Detail?.TrimEnd('.') ?? answer.MessageText),
        PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire =>
            Errors.FeatureUnsupported.CreateFrom(answer, address, $"its encoding cannot hold a character of the backup: {answer.MessageText}, {answer.Where}"),
        _ => null,
    };
}
