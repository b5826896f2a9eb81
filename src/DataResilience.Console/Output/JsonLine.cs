using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DataResilience.Console.Output;

/// <summary>One JSON object in one line.</summary>
internal static class JsonLine
{
    // Relaxed: the output goes to files and pipes, not into HTML, and names should stay readable.
    private static readonly ResultJsonContext Results =
        new(new JsonSerializerOptions(ResultJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly RepositoryJsonContext Repositories =
        new(new JsonSerializerOptions(RepositoryJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>());

    private static JsonTypeInfo<T> TypeInfo<T>()
    {
        JsonTypeInfo? info = typeof(T) == typeof(BackupRepository)
            ? Repositories.GetTypeInfo(typeof(T))
            : Results.GetTypeInfo(typeof(T));
        return (JsonTypeInfo<T>?)info ?? throw new NotSupportedException($"{typeof(T)} is not in {nameof(ResultJsonContext)}.");
    }
}
