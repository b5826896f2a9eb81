using System.Buffers.Binary;
using System.IO.Hashing;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Chunking;

public sealed class RowDigestTests
{
    [Fact]
    public void The_hash_is_XXH3_with_128_bits_whose_low_lane_is_the_low_half()
    {
        // The canonical XXH3_128bits of no bytes with seed 0 (xxHash, tests of the reference implementation).
        UInt128 empty = XxHash128.HashToUInt128([], 0);

        RowDigest digest = RowDigest.Empty.Add(empty);

        Assert.Equal(new RowDigest(1, 0x6001c324468d497f, 0x99aa06d3014798d8), digest);
    }

    [Fact]
    public void The_seed_is_the_first_eight_bytes_derived_from_the_secret()
    {
        byte[] derived = KeyDerivation.Derive(TestRows.Secret, [], "DataResilience/1 row digest");
        UInt128 expected = XxHash128.HashToUInt128("a\tb\n"u8, BinaryPrimitives.ReadInt64LittleEndian(derived));

        Assert.Equal(expected, TestRows.Hasher.Hash("a\tb\n"u8));
    }

    [Fact]
    public void The_digest_of_rows_does_not_depend_on_their_order() => Properties.HoldForSeeds(50, seed =>
    {
        TestRows rows = TestRows.Random(seed, 20_000, 1, 300);
        byte[][] shuffled = [.. Enumerable.Range(0, rows.Count).Select(i => rows.Row(i).ToArray())];
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(rows.Digest(), TestRows.Of(shuffled).Digest());
    });

    [Fact]
    public void Digests_of_parts_add_up_to_the_digest_of_the_whole() => Properties.HoldForSeeds(20, seed =>
    {
        TestRows left = TestRows.Random(seed, 5_000, 1, 300);
        TestRows right = TestRows.Random(~seed & int.MaxValue, 5_000, 1, 300);

        var both = new TestRows([.. left.Bytes, .. right.Bytes], [.. left.Ends, .. right.Ends.Select(end => end + left.Bytes.Length)]);

        Assert.Equal(both.Digest(), left.Digest() + right.Digest());
    });

    [Fact]
    public void A_row_in_pieces_has_the_hash_of_the_whole_row() => Properties.HoldForSeeds(50, seed =>
    {
        var random = new Random(seed);
        byte[] row = TestRows.Row(seed, random.Next(1, 100_000));
        XxHash128 pieces = TestRows.Hasher.Begin();
        for (int start = 0; start < row.Length;)
        {
            int length = Math.Min(row.Length - start, random.Next(1, 5000));
            pieces.Append(row.AsSpan(start, length));
            start += length;
        }

        Assert.Equal(TestRows.Hasher.Hash(row), pieces.GetCurrentHashAsUInt128());
    });

    [Fact]
    public void Every_byte_and_every_row_counts()
    {
        TestRows rows = TestRows.Of("one\n"u8.ToArray(), "two\n"u8.ToArray());

        Assert.NotEqual(rows.Digest(), TestRows.Of("one\n"u8.ToArray(), "twp\n"u8.ToArray()).Digest());
        Assert.NotEqual(rows.Digest(), TestRows.Of("one\n"u8.ToArray()).Digest());
        Assert.NotEqual(rows.Digest(), TestRows.Of("one\n"u8.ToArray(), "two\n"u8.ToArray(), "two\n"u8.ToArray()).Digest());
    }

    [Fact]
    public void Another_secret_gives_another_hash() =>
        Assert.NotEqual(TestRows.Hasher.Hash("row\n"u8), new RowHasher(new byte[32]).Hash("row\n"u8));
}
