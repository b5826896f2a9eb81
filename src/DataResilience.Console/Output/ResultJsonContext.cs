using System.Text.Json.Serialization;
using DataResilience.Console.Demo;

namespace DataResilience.Console.Output;

/// <summary>Every type that <c>--json</c> prints, a repository inside of it as its location.</summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    Converters = [typeof(UtcTimeConverter), typeof(IsoDurationConverter), typeof(RepositoryLocationConverter), typeof(EndpointUriConverter)])]
[JsonSerializable(typeof(Backup))]
[JsonSerializable(typeof(BackupIntegrity))]
[JsonSerializable(typeof(BackupRepositoryKey))]
[JsonSerializable(typeof(Database))]
[JsonSerializable(typeof(OperationPlan))]
[JsonSerializable(typeof(RepositoryCheck))]
[JsonSerializable(typeof(RepositoryOptimization))]
[JsonSerializable(typeof(RestorePlan))]
[JsonSerializable(typeof(RestoreResult))]
[JsonSerializable(typeof(DemoStep))]
[JsonSerializable(typeof(ErrorLine))]
[JsonSerializable(typeof(MessageLine))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
