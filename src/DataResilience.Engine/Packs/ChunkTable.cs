using System.Buffers.Binary;
using System.Security.Cryptography;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>
/// Seals and opens the table that says which chunks a pack has (docs/repository-format.md, 6). The catalog key opens it.
/// </summary>
internal static class ChunkTable
{
    internal const int MaxSealedBytes =
        PayloadOffset + Packing.HeaderBytes + (PackLimits.MaxChunks * PackEntry.Size) + OnceOnlyGcm.TagBytes;

    private const int SaltBytes = 32;
    private const int SaltOffset = sizeof(uint);
    private const int BoundBytes = SaltOffset + SaltBytes;
    private const int LengthOffset = BoundBytes;
    private const int PayloadOffset = LengthOffset + sizeof(uint);

    internal static byte[] Seal(IRepositoryKeys keys, IRandomSource random, ObjectId packId, ReadOnlySpan<PackEntry> entries)
    {
        byte[] plain = new byte[entries.Length * PackEntry.Size];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i].Write(plain.AsSpan(i * PackEntry.Size));
        }

        byte[] packed = Packing.Pack(plain);
        byte[] table = new byte[PayloadOffset + packed.Length + OnceOnlyGcm.TagBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(table, keys.Generation);
        random.Fill(table.AsSpan(SaltOffset, SaltBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(LengthOffset), (uint)(packed.Length + OnceOnlyGcm.TagBytes));
        byte[] key = TableKey(keys, keys.Generation, table);
        OnceOnlyGcm.Seal(key, packed, table.AsSpan(PayloadOffset), Bound(packId, table));
        CryptographicOperations.ZeroMemory(key);
        return table;
    }

    /// <exception cref="CryptographicException">It does not open: another pack or key, or a change.</exception>
    /// <exception cref="InvalidDataException">It opens, but is no chunk table.</exception>
    internal static PackEntry[] Open(IRepositoryKeys keys, string name, ObjectId packId, ReadOnlySpan<byte> table)
    {
        RequireLayout(keys, table);
        byte[] key = TableKey(keys, BinaryPrimitives.ReadUInt32LittleEndian(table), table);
        byte[] packed = OnceOnlyGcm.Open(key, table[PayloadOffset..], Bound(packId, table));
        CryptographicOperations.ZeroMemory(key);
        byte[] plain = Unpack(name, packed);
        (int count, int rest) = Math.DivRem(plain.Length, PackEntry.Size);
        if (rest != 0 || count == 0)
        {
            throw new InvalidDataException($"it has {plain.Length} plain bytes, which are not whole entries");
        }

        var entries = new PackEntry[count];
        for (int i = 0; i < count; i++)
        {
            entries[i] = PackEntry.Read(plain.AsSpan(i * PackEntry.Size));
        }

        return entries;
    }

    private static byte[] Unpack(string name, byte[] packed)
    {
        try
        {
            return Packing.Unpack(name, packed, PackLimits.MaxChunks * PackEntry.Size);
        }
        catch (DataResilienceException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static void RequireLayout(IRepositoryKeys keys, ReadOnlySpan<byte> table)
    {
        if (table.Length < PayloadOffset + OnceOnlyGcm.TagBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(table[LengthOffset..]) != table.Length - PayloadOffset)
        {
            throw new CryptographicException("its length is not the stated one");
        }

        uint generation = BinaryPrimitives.ReadUInt32LittleEndian(table);
        if (generation == 0 || generation > keys.Generation)
        {
            throw new CryptographicException($"it states the generation {generation}");
        }
    }

    private static byte[] TableKey(IRepositoryKeys keys, uint generation, ReadOnlySpan<byte> table)
    {
        byte[] catalogKey = keys.CatalogKey(generation);
        byte[] key = KeyDerivation.Derive(catalogKey, table.Slice(SaltOffset, SaltBytes), "DataResilience/1 chunk table");
        CryptographicOperations.ZeroMemory(catalogKey);
        return key;
    }

    private static byte[] Bound(ObjectId packId, ReadOnlySpan<byte> table) => [.. packId.ToArray(), .. table[..BoundBytes]];
}
