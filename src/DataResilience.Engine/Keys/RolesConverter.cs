using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataResilience.Engine.Keys;

/// <summary>Roles in JSON: an array of their names; empty for a Keeper.</summary>
internal sealed class RolesConverter : JsonConverter<RepositoryRole>
{
    private static readonly RepositoryRole[] Single = [RepositoryRole.Writer, RepositoryRole.Reader, RepositoryRole.Admin];

    public override RepositoryRole Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("Roles are an array of names.");
        }

        RepositoryRole roles = RepositoryRole.Keeper;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            roles |= RoleOf(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);
        }

        return roles;
    }

    public override void Write(Utf8JsonWriter writer, RepositoryRole value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (RepositoryRole role in Single.Where(role => value.HasFlag(role)))
        {
            writer.WriteStringValue(role.ToString());
        }

        writer.WriteEndArray();
    }

    /// <summary>A role that this version does not know grants nothing.</summary>
    private static RepositoryRole RoleOf(string? name) => name is not null
        ? Single.FirstOrDefault(role => role.ToString() == name)
        : throw new JsonException("A role is a name.");
}
