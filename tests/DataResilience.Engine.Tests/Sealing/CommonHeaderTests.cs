using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;

namespace DataResilience.Engine.Tests.Sealing;

public sealed class CommonHeaderTests
{
    private static readonly ObjectId Repository = new(0x0102030405060708);

    [Fact]
    public void It_is_written_as_the_format_says()
    {
        Assert.Equal(
            "44524553" + "03" + "01" + "01" + "01" + "00000000" + "05000000" + "00000000000000000102030405060708",
            Convert.ToHexStringLower(Written(ObjectKind.Pack, writeFeatures: 5)));
    }

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        Assert.Equal(
            new CommonHeader(ObjectKind.Lock, Repository, 7),
            CommonHeader.Read("o", Written(ObjectKind.Lock, 7), ObjectKind.Lock, Repository));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 9)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 1)]
    [InlineData(11, 128)]
    public void What_is_unknown_is_refused_by_name_as_unsupported(int offset, byte value)
    {
        byte[] header = Written(ObjectKind.Index);
        header[offset] = value;

        Assert.Equal("packs/x", Refusal.Of(Errors.ObjectUnsupported, () => CommonHeader.Read("packs/x", header)).Target);
    }

    [Fact]
    public void What_is_wrong_is_refused_by_name_as_damaged()
    {
        byte[] header = Written(ObjectKind.Index);

        Refusal.Of(Errors.ObjectDamaged, () => CommonHeader.Read("o", header.AsSpan(..31)));
        Refusal.Of(Errors.ObjectDamaged, () => CommonHeader.Read("o", []));
        Refusal.Of(Errors.ObjectDamaged, () => CommonHeader.Read("o", header, ObjectKind.Pack));
        Refusal.Of(Errors.ObjectDamaged, () => CommonHeader.Read("o", header, ObjectKind.Index, ObjectId.Zero));
        header[0] ^= 1;
        Refusal.Of(Errors.ObjectDamaged, () => CommonHeader.Read("o", header));
    }

    private static byte[] Written(ObjectKind kind, uint writeFeatures = 0)
    {
        byte[] bytes = new byte[CommonHeader.Size];
        new CommonHeader(kind, Repository, writeFeatures).Write(bytes);
        return bytes;
    }
}
