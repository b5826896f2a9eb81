using System.Buffers.Binary;
using System.Text.Json;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>A keyring object as it is in the store: readable, but not yet believed (docs/repository-format.md, 4.3).</summary>
/// <param name="Header">Its common header.</param>
/// <param name="Payload">What it says.</param>
/// <param name="Sha256">
/// SHA-256 of the object without its signature: whoever controls the store can turn an ECDSA signature (r, s) into (r, -s), which is
/// as good, and must not break the chain by that.
/// </param>
/// <param name="Bytes">The whole object.</param>
internal sealed record KeyringFile(CommonHeader Header, KeyringPayload Payload, string Sha256, byte[] Bytes)
{
    internal const int MaxPayloadBytes = 16 * 1024 * 1024;
    internal const int MaxBytes = PayloadOffset + MaxPayloadBytes + P256.SignatureBytes;

    private const int NumberOffset = CommonHeader.Size;
    private const int LengthOffset = NumberOffset + sizeof(uint);
    private const int PayloadOffset = LengthOffset + sizeof(uint);

    internal string Name => KeyObjectNames.Keyring(Payload.Number);

    /// <param name="payload">What it says.</param>
    /// <param name="header">The repository and its write features.</param>
    /// <param name="sign">Signs with the admin key of the keyring before; keyring 1 with its own.</param>
    internal static KeyringFile Seal(KeyringPayload payload, CommonHeader header, Func<byte[], byte[]> sign)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(payload, KeysJson.Default.KeyringPayload);
        if (json.Length > MaxPayloadBytes || KeyringRules.FindFault(payload) is not null)
        {
            throw new ArgumentException($"Not a keyring: {json.Length} bytes, {KeyringRules.FindFault(payload)}", nameof(payload));
        }

        byte[] bytes = new byte[PayloadOffset + json.Length + P256.SignatureBytes];
        header.Write(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(NumberOffset), payload.Number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(LengthOffset), (uint)json.Length);
        json.CopyTo(bytes, PayloadOffset);
        sign(SignedMessage(bytes)).CopyTo(bytes, PayloadOffset + json.Length);
        return new KeyringFile(header, payload, HashOf(bytes), bytes);
    }

    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>, <c>ObjectUnsupported</c>.</exception>
    internal static KeyringFile Read(string name, byte[] bytes)
    {
        CommonHeader header = CommonHeader.Read(name, bytes, ObjectKind.Keyring);
        if (bytes.Length < PayloadOffset + P256.SignatureBytes
            || bytes.Length != PayloadOffset + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(LengthOffset)) + P256.SignatureBytes
            || bytes.Length > MaxBytes)
        {
            throw Errors.ObjectDamaged.Create(name, $"its length of {bytes.Length} bytes is not the stated one");
        }

        KeyringPayload payload = Parse(name, bytes.AsSpan(PayloadOffset..^P256.SignatureBytes));
        string? fault = KeyringRules.FindFault(payload)
            ?? (payload.Number != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(NumberOffset)) ? "it has two numbers" : null)
            ?? (name != KeyObjectNames.Keyring(payload.Number) ? $"it is keyring {payload.Number}" : null);
        return fault is null
            ? new KeyringFile(header, payload, HashOf(bytes), bytes)
            : throw Errors.ObjectDamaged.Create(name, fault);
    }

    internal bool IsSignedBy(ReadOnlySpan<byte> adminPublicKey) =>
        P256.Verify(adminPublicKey, SignedMessage(Bytes), Bytes.AsSpan(^P256.SignatureBytes..));

    private static string HashOf(byte[] bytes) => Hexadecimal.Sha256Of(bytes.AsSpan(..^P256.SignatureBytes));

    private static byte[] SignedMessage(ReadOnlySpan<byte> bytes) =>
        [.. "DataResilience/1 keyring\0"u8, .. bytes[..^P256.SignatureBytes]];

    private static KeyringPayload Parse(string name, ReadOnlySpan<byte> json)
    {
        try
        {
            return StrictJson.Read(json, KeysJson.Default.KeyringPayload)
                ?? throw Errors.ObjectDamaged.Create(name, "its payload is null");
        }
        catch (JsonException exception)
        {
            throw Errors.ObjectDamaged.CreateFrom(exception, name, $"its payload is not the JSON it should be (at {exception.Path})");
        }
    }
}
