using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>The names of the slots, which only a key opens: <c>generation (u32) || salt (32) || GCM</c> (4.3).</summary>
internal static class KeyringNames
{
    private const int SaltBytes = 32;
    private const int SealedOffset = sizeof(uint) + SaltBytes;
    private const string Info = "DataResilience/1 names";

    internal static byte[] Seal(
        IReadOnlyDictionary<string, string> names, uint generation, byte[] catalogKey, ObjectId repositoryId, IRandomSource random)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(names), KeysJson.Default.DictionaryStringString);
        byte[] bytes = new byte[SealedOffset + json.Length + OnceOnlyGcm.TagBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, generation);
        random.Fill(bytes.AsSpan(sizeof(uint), SaltBytes));
        byte[] key = KeyDerivation.Derive(catalogKey, bytes.AsSpan(sizeof(uint), SaltBytes), Info);
        OnceOnlyGcm.Seal(key, json, bytes.AsSpan(SealedOffset), repositoryId.ToArray());
        CryptographicOperations.ZeroMemory(key);
        return bytes;
    }

    /// <exception cref="CryptographicException">They do not open with the catalog key.</exception>
    /// <exception cref="JsonException">They are no names.</exception>
    internal static IReadOnlyDictionary<string, string> Open(byte[] bytes, ObjectId repositoryId, Func<uint, byte[]> catalogKeyOf)
    {
        if (bytes.Length < SealedOffset)
        {
            throw new CryptographicException("There are no sealed names.");
        }

        byte[] catalogKey = catalogKeyOf(BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        byte[] key = KeyDerivation.Derive(catalogKey, bytes.AsSpan(sizeof(uint), SaltBytes), Info);
        byte[] json = OnceOnlyGcm.Open(key, bytes.AsSpan(SealedOffset), repositoryId.ToArray());
        CryptographicOperations.ZeroMemory(catalogKey);
        CryptographicOperations.ZeroMemory(key);
        return StrictJson.Read(json, KeysJson.Default.DictionaryStringString) ?? [];
    }
}
