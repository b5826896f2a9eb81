using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataResilience.Console.Output;

/// <summary>Writes the repository of a result as its location: the text that <c>--repository</c> takes.</summary>
internal sealed class RepositoryLocationConverter : JsonConverter<BackupRepository>
{
    public override BackupRepository Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A location alone is not a repository.");

    public override void Write(Utf8JsonWriter writer, BackupRepository value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Location);
}
