using System.Buffers.Binary;
using System.IO.Hashing;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Chunking;

/// <summary>
/// Hashes rows: XXH3 with 128 bits, seeded from the deduplication secret, so that who lacks the secret can neither
/// predict where rows are cut nor test a guess against a digest.
/// </summary>
internal sealed class RowHasher
{
    private readonly long seed;

    internal RowHasher(ReadOnlySpan<byte> deduplicationSecret)
    {
        byte[] derived = KeyDerivation.Derive(deduplicationSecret, [], "DataResilience/1 row digest");
        seed = BinaryPrimitives.ReadInt64LittleEndian(derived);
    }

    internal UInt128 Hash(ReadOnlySpan<byte> row) => XxHash128.HashToUInt128(row, seed);

    /// <summary>The digest of one row.</summary>
    internal RowDigest Digest(ReadOnlySpan<byte> row) => RowDigest.Empty.Add(Hash(row));

    /// <summary>For a row that comes in pieces: append them, then take <see cref="XxHash128.GetCurrentHashAsUInt128"/>.</summary>
    internal XxHash128 Begin() => new(seed);
}
