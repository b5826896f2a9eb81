using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace DataResilience.Engine.Sealing;

/// <summary>Reads JSON of which no two readers can believe different things: UTF-8 throughout, no name twice (docs/repository-format.md, 1).</summary>
internal static class StrictJson
{
    /// <returns>What it holds; null for the JSON text <c>null</c>.</returns>
    /// <exception cref="JsonException">It is something else than the type says. The type's context refuses names that stand twice.</exception>
    internal static T? Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class =>
        Utf8.IsValid(json) ? JsonSerializer.Deserialize(json, type) : throw new JsonException("It is not UTF-8.");
}
