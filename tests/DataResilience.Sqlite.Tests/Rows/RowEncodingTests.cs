using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class RowEncodingTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0UL, 1)]
    [InlineData(127UL, 1)]
    [InlineData(128UL, 2)]
    [InlineData(16383UL, 2)]
    [InlineData(16384UL, 3)]
    [InlineData(ulong.MaxValue, 10)]
    public void A_varint_is_the_shortest_and_reads_back(ulong value, int length)
    {
        byte[] bytes = new byte[RowEncoding.MaxVarintBytes];

        Assert.Equal(length, RowEncoding.WriteVarint(bytes, value));
        Assert.Equal(length, RowEncoding.VarintLength(value));
        Assert.Equal(length, RowEncoding.ReadVarint(bytes.AsSpan(0, length), out ulong read));
        Assert.Equal(value, read);
        Assert.Equal(0, RowEncoding.ReadVarint(bytes.AsSpan(0, length - 1), out _));
    }

    [Fact]
    public void Zigzag_numbers_read_back() => Prop.ForAll<long>(
        value => RowEncoding.UnZigZag(RowEncoding.ZigZag(value)) == value).QuickCheckThrowOnFailure();

    [Fact]
    public void The_end_of_a_row_is_found_only_when_it_is_there()
    {
        var format = new SqliteRowFormat();

        Assert.Equal(3, format.FindRowEnd([2, 0, 0, 9]));
        Assert.Equal(-1, format.FindRowEnd([2, 0]));
        Assert.Equal(-1, format.FindRowEnd([]));
        Assert.Equal(-1, format.FindRowEnd([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0]));
        Assert.Throws<InvalidDataException>(() => format.FindRowEnd(Enumerable.Repeat((byte)0xff, 11).ToArray()));
    }

    [Fact]
    public async Task A_row_is_the_bytes_that_the_format_says()
    {
        string source = folder.Make("golden.db", "CREATE TABLE t(a, b, c, d, e)", "INSERT INTO t VALUES(NULL, -2, 1.5, 'é', x'00ff')");

        StoredDatabase stored = await StoredDatabase.ReadAsync(source, RoundTrip.Token);

        Assert.Equal("16010200010302000000000000F83F0302C3A9040200FF", Convert.ToHexString(stored.Rows["t"][0].Bytes)); // length 22, rowid 1 first
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16le")]
    [InlineData("UTF-16be")]
    public async Task Random_rows_of_any_storage_class_come_back_equal(string encoding)
    {
        List<object[]> rows = Gen.Sample(Gen.ArrayOf(ValueGen(), 4), 300, 60).ToList();
        using (SqliteConnection connection = folder.Open("random.db"))
        {
            connection.Run($"PRAGMA encoding = '{encoding}'");
            connection.Run("CREATE TABLE t(a, b TEXT, c NUMERIC, d REAL)");
            connection.Run("BEGIN");
            foreach (object[] row in rows)
            {
                connection.Run("INSERT INTO t VALUES($1, $2, $3, $4)", row);
            }

            connection.Run("COMMIT");
        }

        StoredDatabase stored = await RoundTrip.ProveAsync(folder["random.db"], folder["restored.db"]);

        Assert.Equal(300, stored.Digests["t"].Rows);
    }

    private static Gen<object> ValueGen() => Gen.OneOf(
        Gen.Constant<object>(DBNull.Value),
        ArbMap.Default.GeneratorFor<long>().Select(value => (object)value),
        ArbMap.Default.GeneratorFor<double>().Where(value => !double.IsNaN(value)).Select(value => (object)value),
        ArbMap.Default.GeneratorFor<long>().Select(bits => BitConverter.Int64BitsToDouble(bits)).Where(value => !double.IsNaN(value)).Select(value => (object)value),
        ArbMap.Default.GeneratorFor<string>().Where(value => value is not null).Select(value => (object)value),
        ArbMap.Default.GeneratorFor<byte[]>().Where(value => value is not null).Select(value => (object)value));
}
