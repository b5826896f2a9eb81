using System.Management.Automation;

namespace DataResilience.PowerShell.Arguments;

/// <summary>Takes a repository as its location, as an object from Get-BackupRepository, or as such an object that came out of a job.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RepositoryTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        RepositoryArgument.From(inputData)
        ?? throw new ArgumentTransformationMetadataException(
            "A repository is given by its location or by an object from Get-BackupRepository.");
}
