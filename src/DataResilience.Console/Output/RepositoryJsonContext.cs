using System.Text.Json.Serialization;

namespace DataResilience.Console.Output;

/// <summary>A repository as the result itself, with all its properties.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(BackupRepository))]
internal sealed partial class RepositoryJsonContext : JsonSerializerContext;
