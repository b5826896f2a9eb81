using System.Text.Json.Serialization;

namespace DataResilience.Console.Output;

/// <summary>An error as <c>--json</c> prints it on standard error.</summary>
internal sealed record ErrorLine(
    [property: JsonPropertyName("errorCode")] string ErrorCode,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("recommendedAction")] string RecommendedAction,
    [property: JsonPropertyName("target")] string? Target);
