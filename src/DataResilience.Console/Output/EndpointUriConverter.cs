using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataResilience.Console.Output;

/// <summary>Writes an endpoint as its URI: the text that a source or a target takes.</summary>
internal sealed class EndpointUriConverter : JsonConverter<DatabaseEndpoint>
{
    public override DatabaseEndpoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DatabaseEndpoint.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, DatabaseEndpoint value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
