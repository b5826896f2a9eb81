using System.Text.Json.Serialization;

namespace DataResilience.Engine.Keys;

/// <summary>How keyrings are written. Source-generated: no reflection at run time. Unknown fields are ignored, doubled ones refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 8,
    Converters = [typeof(ObjectIdConverter), typeof(RolesConverter), typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(KeyringPayload))]
[JsonSerializable(typeof(RepositoryFileText))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class KeysJson : JsonSerializerContext;
