using System.Text.Json.Serialization;

namespace DataResilience.Console.Output;

/// <summary>A warning, a verbose or a debug message as <c>--json</c> prints it on standard error.</summary>
internal sealed record MessageLine(
    [property: JsonPropertyName("level")] string Level,
    [property: JsonPropertyName("message")] string Message);
