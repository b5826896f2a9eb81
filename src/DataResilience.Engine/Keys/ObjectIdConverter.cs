using System.Text.Json;
using System.Text.Json.Serialization;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>Ids in JSON: 32 lowercase hexadecimal digits.</summary>
internal sealed class ObjectIdConverter : JsonConverter<ObjectId>
{
    public override ObjectId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ObjectId.TryParse(reader.GetString(), out ObjectId id)
            ? id
            : throw new JsonException("An id is written as 32 lowercase hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, ObjectId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
