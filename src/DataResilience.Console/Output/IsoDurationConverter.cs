using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace DataResilience.Console.Output;

/// <summary>Writes a duration as ISO 8601, for example <c>PT1M3.5S</c>; the seconds stand beside it as DurationSeconds.</summary>
internal sealed class IsoDurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        XmlConvert.ToTimeSpan(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));
}
