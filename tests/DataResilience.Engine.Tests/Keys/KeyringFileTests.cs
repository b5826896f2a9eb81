using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Keys;

public sealed class KeyringFileTests
{
    private const int PayloadOffset = 40;

    public static TheoryData<string> Replacements => ["null", "[]", "{}", "0", "-1", "\"\"", "\"x\"", "[null]", "{\"1\":null}", "[[[[[[[[[[]]]]]]]]]]"];

    [Theory]
    [InlineData(7)]
    [InlineData(1, Traits = ["Category", "Slow"])]
    public async Task Any_flipped_bit_is_found(int step)
    {
        KeyringFile keyring = await NewKeyringAsync();
        for (int bit = 0; bit < keyring.Bytes.Length * 8; bit += step)
        {
            byte[] changed = [.. keyring.Bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.True(IsRefused(keyring.Name, changed, keyring.Payload.AdminPublicKey), $"bit {bit}");
        }
    }

    [Theory]
    [MemberData(nameof(Replacements))]
    public async Task Whatever_stands_in_a_field_it_is_read_or_refused_by_name(string replacement)
    {
        KeyringFile keyring = await NewKeyringAsync();
        string json = Encoding.UTF8.GetString(keyring.Bytes.AsSpan(PayloadOffset..^P256.SignatureBytes));
        foreach (string path in Paths(JsonNode.Parse(json)!))
        {
            JsonNode payload = JsonNode.Parse(json)!;
            Replace(payload, path, JsonNode.Parse(replacement));

            IsRefused(keyring.Name, Object(keyring, Encoding.UTF8.GetBytes(payload.ToJsonString())), keyring.Payload.AdminPublicKey);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"number\":1,\"number\":1}")]
    public async Task What_is_no_keyring_is_damaged(string json)
    {
        KeyringFile keyring = await NewKeyringAsync();

        Refusal.Of(Errors.ObjectDamaged, () => KeyringFile.Read(keyring.Name, Object(keyring, Encoding.UTF8.GetBytes(json))));
    }

    [Fact]
    public async Task An_unknown_field_is_ignored()
    {
        KeyringFile keyring = await NewKeyringAsync();
        JsonNode payload = JsonNode.Parse(keyring.Bytes.AsSpan(PayloadOffset..^P256.SignatureBytes))!;
        payload["later"] = new JsonObject { ["field"] = 1 };

        KeyringFile read = KeyringFile.Read(keyring.Name, Object(keyring, Encoding.UTF8.GetBytes(payload.ToJsonString())));

        Assert.Equal(keyring.Payload.Kdf, read.Payload.Kdf);
        Assert.Equal(keyring.Payload.Slots[0].Id, read.Payload.Slots[0].Id);
    }

    [Fact]
    public async Task It_stands_under_its_own_number_only()
    {
        KeyringFile keyring = await NewKeyringAsync();

        Refusal.Of(Errors.ObjectDamaged, () => KeyringFile.Read(KeyObjectNames.Keyring(2), keyring.Bytes));
    }

    [Fact]
    public async Task A_keyring_against_the_rules_is_not_even_written()
    {
        KeyringFile keyring = await NewKeyringAsync();
        KeyringPayload payload = keyring.Payload;

        AssertNotWritten(payload with { Number = 0 });
        AssertNotWritten(payload with { Generation = 2 });
        AssertNotWritten(payload with { Previous = new string('0', 64) });
        AssertNotWritten(payload with { Slots = [] });
        AssertNotWritten(payload with { Slots = [payload.Slots[0], payload.Slots[0]] });
        AssertNotWritten(payload with { Slots = [payload.Slots[0] with { Content = [] }] });
        AssertNotWritten(payload with { Slots = [payload.Slots[0] with { Roles = RepositoryRole.Admin }] });
        AssertNotWritten(payload with { Kdf = payload.Kdf with { Iterations = 599_999 } });
        AssertNotWritten(payload with { AdminPublicKey = [] });

        void AssertNotWritten(KeyringPayload wrong) =>
            Assert.Throws<ArgumentException>(() => KeyringFile.Seal(wrong, keyring.Header, _ => new byte[P256.SignatureBytes]));
    }

    private static async Task<KeyringFile> NewKeyringAsync() => (await KeyedRepository.FoundAsync()).Keys.Keyring.File;

    private static bool IsRefused(string name, byte[] bytes, byte[] adminPublicKey)
    {
        try
        {
            return !KeyringFile.Read(name, bytes).IsSignedBy(adminPublicKey);
        }
        catch (DataResilienceException refusal)
        {
            Assert.Equal(name, refusal.Target);
            return refusal.Kind is ErrorKind.Damaged or ErrorKind.Unsupported;
        }
    }

    private static byte[] Object(KeyringFile keyring, byte[] json)
    {
        byte[] bytes = [.. keyring.Bytes.AsSpan(0, PayloadOffset), .. json, .. keyring.Bytes.AsSpan(^P256.SignatureBytes..)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PayloadOffset - sizeof(uint)), (uint)json.Length);
        return bytes;
    }

    private static IEnumerable<string> Paths(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Below(field.Key, field.Value)),
        JsonArray items => items.SelectMany((item, index) => Below(index.ToString(System.Globalization.CultureInfo.InvariantCulture), item)),
        _ => [],
    };

    private static IEnumerable<string> Below(string step, JsonNode? node) =>
        (node is null ? [] : Paths(node)).Select(path => $"{step}/{path}").Prepend(step);

    private static void Replace(JsonNode node, string path, JsonNode? replacement)
    {
        string[] steps = path.Split('/');
        foreach (string step in steps[..^1])
        {
            node = node is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        }

        if (node is JsonArray list)
        {
            list[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = replacement;
        }
        else
        {
            node[steps[^1]] = replacement;
        }
    }
}
