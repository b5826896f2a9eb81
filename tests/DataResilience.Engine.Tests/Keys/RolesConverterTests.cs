using System.Text.Json;
using System.Text.Json.Nodes;
using DataResilience.Engine.Keys;

namespace DataResilience.Engine.Tests.Keys;

public sealed class RolesConverterTests
{
    [Fact]
    public async Task A_role_that_is_unknown_grants_nothing()
    {
        KeyringSlot slot = (await KeyedRepository.FoundAsync()).Keys.Keyring.Slots[0];
        JsonNode json = JsonSerializer.SerializeToNode(slot, KeysJson.Default.KeyringSlot)!;
        json["roles"] = new JsonArray("Auditor", "Reader", "reader", "15", "Keeper");

        Assert.Equal(RepositoryRole.Reader, json.Deserialize(KeysJson.Default.KeyringSlot)!.Roles);
    }

    [Fact]
    public async Task What_is_no_name_is_no_role()
    {
        KeyringSlot slot = (await KeyedRepository.FoundAsync()).Keys.Keyring.Slots[0];
        JsonNode json = JsonSerializer.SerializeToNode(slot, KeysJson.Default.KeyringSlot)!;
        json["roles"] = new JsonArray(7);

        Assert.Throws<JsonException>(() => json.Deserialize(KeysJson.Default.KeyringSlot));
    }
}
