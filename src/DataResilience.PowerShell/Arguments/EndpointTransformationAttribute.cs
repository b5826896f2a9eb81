using System.Management.Automation;

namespace DataResilience.PowerShell.Arguments;

/// <summary>Takes a database as an endpoint URI, as an object from Get-Database, as such an object that came out of a job, or as a file.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class EndpointTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => EndpointArgument.From(inputData)
        ?? throw new ArgumentTransformationMetadataException(
            "A database is given by an endpoint URI such as sqlite:shop.db, by an object from Get-Database, or by a file.");
}
