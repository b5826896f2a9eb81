using System.Management.Automation;

namespace DataResilience.PowerShell.Arguments;

/// <summary>Takes a database as an endpoint URI, as an object from Get-Database, as such an object that came out of a job, or as a file.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class EndpointTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrapped.Of(inputData) switch
    {
        EndpointArgument argument => argument,
        DatabaseEndpoint endpoint => new EndpointArgument(endpoint),
        Database database => new EndpointArgument(database.Endpoint),
        string { Length: > 0 } uri => new EndpointArgument(uri),
        FileSystemInfo file => new EndpointArgument(new DatabaseEndpoint { Engine = DatabaseEngine.Sqlite, Database = file.FullName }),
        _ when Unwrapped.IsDeserialized<Database>(inputData) || Unwrapped.IsDeserialized<DatabaseEndpoint>(inputData) =>
            new EndpointArgument(inputData.ToString()!),
        _ => throw new ArgumentTransformationMetadataException(
            "A database is given by an endpoint URI such as sqlite:shop.db, by an object from Get-Database, or by a file."),
    };
}
