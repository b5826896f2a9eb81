using System.Buffers.Binary;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;
using FsCheck;
using FsCheck.Fluent;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace DataResilience.Engine.Tests.Sealing;

public sealed class ZstdFrameTests
{
    private static readonly byte[] Skippable = [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 42];

    [Fact]
    public void Whatever_a_compressor_makes_is_one_frame_and_no_part_or_double_of_it_is() =>
        Prop.ForAll<byte[], byte, bool>((bytes, level, hasChecksum) =>
            {
                byte[] plain = [.. Enumerable.Repeat(bytes, level * 4).SelectMany(part => part)];
                byte[] frame = Compress(plain, 1 + (level % 19), hasChecksum);
                return ZstdFrame.IsExactlyOne(frame)
                    && !ZstdFrame.IsExactlyOne(frame.AsSpan(..^1))
                    && !ZstdFrame.IsExactlyOne([.. frame, 0])
                    && !ZstdFrame.IsExactlyOne([.. frame, .. frame]);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_looked_through_without_harm() =>
        Prop.ForAll<byte[]>(bytes => !ZstdFrame.IsExactlyOne([0x28, 0xB5, 0x2F, 0xFD, .. bytes]) || bytes.Length >= 4)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Two_frames_and_a_skippable_one_are_refused_though_together_they_have_the_stated_length()
    {
        byte[] half = Compress(new byte[500], 1, hasChecksum: false);
        byte[] whole = Compress(new byte[1000], 1, hasChecksum: false);
        foreach (byte[] data in new byte[][] { [.. half, .. half], [.. Skippable, .. whole], [.. whole, .. Skippable], [.. whole, 0] })
        {
            byte[] packed = [Packing.Zstandard, 0, 0, 0, 0, .. data];
            BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(1), 1000);

            Refusal.Of(Errors.ObjectDamaged, () => Packing.Unpack("o", packed, 1000));
        }

        Assert.Equal(new byte[1000], Packing.Unpack("o", Packing.Pack(new byte[1000]), 1000));
    }

    private static byte[] Compress(byte[] plain, int level, bool hasChecksum)
    {
        using var compressor = new Compressor(level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, hasChecksum ? 1 : 0);
        return compressor.Wrap(plain).ToArray();
    }
}
