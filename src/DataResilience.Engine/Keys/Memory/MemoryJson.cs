using System.Text.Json.Serialization;

namespace DataResilience.Engine.Keys.Memory;

/// <summary>How the memory is written. Source-generated: no reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    MaxDepth = 8)]
[JsonSerializable(typeof(LocationMemory))]
[JsonSerializable(typeof(RepositoryMemory))]
internal sealed partial class MemoryJson : JsonSerializerContext;
