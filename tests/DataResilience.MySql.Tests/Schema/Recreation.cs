using System.Text;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

/// <summary>Makes the objects of a schema one by one in their order, each under its own settings.</summary>
internal static class Recreation
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static async Task RunAsync(MySqlTestDatabase target, DatabaseSchema schema)
    {
        await using ServerSession session = await SourceSchema.OpenAsync(target, SessionPurpose.Load);
        foreach (SchemaObject item in schema.Objects)
        {
            foreach (string setting in SettingsOf(item))
            {
                await session.ExecuteAsync(setting, Token);
            }

            await session.ExecuteAsync(item.Definition, Token);
        }
    }

    private static IEnumerable<string> SettingsOf(SchemaObject item)
    {
        yield return $"SET SESSION sql_mode = {SqlText.Value(item.Options.GetValueOrDefault(ObjectOption.SqlMode, "NO_AUTO_VALUE_ON_ZERO"))}";
        yield return $"SET SESSION time_zone = {SqlText.Value(item.Options.GetValueOrDefault(ObjectOption.TimeZone, "+00:00"))}";
        yield return $"SET SESSION collation_connection = {item.Options.GetValueOrDefault(ObjectOption.CollationConnection, "utf8mb4_general_ci")}";

        // What is sent is UTF-8: only what is the same in both can be given as if by another character set.
        string client = Ascii.IsValid(item.Definition) ? item.Options.GetValueOrDefault(ObjectOption.CharacterSetClient, "utf8mb4") : "utf8mb4";
        yield return $"SET SESSION character_set_client = {client}";
    }
}
