using System.Management.Automation;

namespace DataResilience.PowerShell.Arguments;

/// <summary>
/// Takes a backup as its id, as a backup, as any result that carries a backup's id and its repository, or as such an
/// object that came out of a job or a file.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class BackupTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrapped.Of(inputData) switch
    {
        BackupReference reference => reference,
        string { Length: > 0 } id => new BackupReference(id),
        null or string => throw Refuse("An empty value names no backup. Leave the parameter out where any backup is meant."),
        _ => FromResult(inputData),
    };

    // A finding about the repository as a whole has no backup id: it must not turn into "the latest backup".
    private static BackupReference FromResult(object value) =>
        Unwrapped.Property(value, nameof(Backup.BackupId))?.ToString() is { Length: > 0 } id
            ? new BackupReference(id) { Repository = RepositoryArgument.From(Unwrapped.Property(value, nameof(Backup.Repository))) }
            : throw Refuse($"'{value}' names no backup: it has no BackupId. A repository is given by -Repository.");

    private static ArgumentTransformationMetadataException Refuse(string reason) => new(reason);
}
