using System.Text.Json.Serialization;
using DataResilience.Engine.Keys;

namespace DataResilience.Engine.Repository;

/// <summary>How the plain bytes of records and documents are written. Source-generated: no reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(Tombstone))]
[JsonSerializable(typeof(VerificationRecord))]
[JsonSerializable(typeof(LockRecord))]
[JsonSerializable(typeof(SchemaDocument))]
[JsonSerializable(typeof(TableDocument))]
internal sealed partial class RepositoryJson : JsonSerializerContext;
