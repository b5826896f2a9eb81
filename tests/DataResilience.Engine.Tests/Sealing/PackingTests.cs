using System.Buffers.Binary;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;
using FsCheck;
using FsCheck.Fluent;

namespace DataResilience.Engine.Tests.Sealing;

public sealed class PackingTests
{
    private const int Limit = 1 << 20;

    [Fact]
    public void Whatever_is_packed_comes_out_again() =>
        Prop.ForAll<byte[], byte>((bytes, times) =>
            {
                byte[] plain = [.. Enumerable.Repeat(bytes, times).SelectMany(part => part)];
                return Packing.Unpack("o", Packing.Pack(plain), Limit).AsSpan().SequenceEqual(plain);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_unpacked_is_unpacked_or_refused_by_name() =>
        Prop.ForAll<byte[], byte>((bytes, codec) =>
            {
                byte[] packed = [(byte)(codec % 3), .. bytes];
                try
                {
                    return Packing.Unpack("o", packed, Limit).Length <= Limit;
                }
                catch (DataResilienceException refusal)
                {
                    return refusal.Target == "o" && refusal.Kind is ErrorKind.Damaged or ErrorKind.Unsupported;
                }
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_does_not_shrink_is_stored_and_what_shrinks_is_not()
    {
        byte[] random = new byte[1000];
        new Random(1).NextBytes(random);

        Assert.Equal(Packing.Stored, Packing.Pack(random)[0]);
        Assert.Equal(Packing.HeaderBytes + random.Length, Packing.Pack(random).Length);
        Assert.Equal(Packing.Stored, Packing.Pack([])[0]);
        Assert.Equal(Packing.Zstandard, Packing.Pack(new byte[1000])[0]);
        Assert.True(Packing.Pack(new byte[1000]).Length < 100);
    }

    [Fact]
    public void A_stated_length_above_the_limit_is_refused_before_it_is_allocated()
    {
        byte[] packed = Packing.Pack(new byte[1000]);
        BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(1), uint.MaxValue);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.Of(Errors.ObjectDamaged, () => Packing.Unpack("o", packed, Limit));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < Limit);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_stated_length_that_is_not_the_real_one_is_refused(int difference)
    {
        foreach (byte[] packed in new[] { Packing.Pack(new byte[1000]), Packing.Pack([1, 2, 3]) })
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(1));
            BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(1), (uint)(length + difference));

            Refusal.Of(Errors.ObjectDamaged, () => Packing.Unpack("o", packed, Limit));
        }
    }

    [Fact]
    public void An_unknown_codec_is_refused_as_unsupported() =>
        Refusal.Of(Errors.ObjectUnsupported, () => Packing.Unpack("o", [2, 0, 0, 0, 0], Limit));
}
