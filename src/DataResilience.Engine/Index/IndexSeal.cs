using System.Buffers.Binary;
using System.Security.Cryptography;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Index;

/// <summary>
/// Seals and opens the pages and the directory of one index: one key, a counter each, everything bound to the header.
/// </summary>
internal sealed class IndexSeal
{
    internal const int TagBytes = 16;
    internal const ulong DirectoryCounter = 0;

    private const int NonceBytes = 12;
    private const int CounterOffset = 4;

    private readonly byte[] key;
    private readonly byte[] header;

    internal IndexSeal(IRepositoryKeys keys, byte[] header)
    {
        this.header = header;
        byte[] catalogKey = keys.CatalogKey(IndexHeader.ReadUnchecked(header).Generation);
        key = KeyDerivation.Derive(
            catalogKey, header.AsSpan(IndexHeader.SaltOffset, IndexHeader.SaltBytes), "DataResilience/1 index");
        CryptographicOperations.ZeroMemory(catalogKey);
    }

    internal static ulong CounterOfPage(int number) => (ulong)number + 1;

    internal void Seal(ulong counter, ReadOnlySpan<byte> plain, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(counter, nonce);
        using var gcm = new AesGcm(key, TagBytes);
        gcm.Encrypt(nonce, plain, destination[..plain.Length], destination[plain.Length..], header);
    }

    /// <exception cref="CryptographicException">It does not open.</exception>
    internal byte[] Open(ulong counter, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < TagBytes)
        {
            throw new CryptographicException("There is no room for the tag.");
        }

        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(counter, nonce);
        byte[] plain = new byte[sealedBytes.Length - TagBytes];
        using var gcm = new AesGcm(key, TagBytes);
        gcm.Decrypt(nonce, sealedBytes[..plain.Length], sealedBytes[plain.Length..], plain, header);
        return plain;
    }

    private static void WriteNonce(ulong counter, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[CounterOffset..], counter);
    }
}
