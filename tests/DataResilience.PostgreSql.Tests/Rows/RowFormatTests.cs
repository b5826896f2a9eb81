using System.Text;

namespace DataResilience.PostgreSql.Tests.Rows;

public class RowFormatTests
{
    private static readonly PostgreSqlRowFormat Format = new();

    [Theory]
    [InlineData("a\tb\nc\n", 4)]
    [InlineData("\n\n", 1)]
    [InlineData("", -1)]
    [InlineData("no end", -1)]
    public void A_row_of_text_ends_with_its_newline(string text, int end) =>
        Assert.Equal(end, Format.FindRowEnd(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_row_in_binary_form_ends_with_its_last_field_whatever_bytes_it_holds()
    {
        byte[] row = [0, 0, 3, 0, 0, 0, 2, 10, 0, 255, 255, 255, 255, 0, 0, 0, 0];
        byte[] more = [.. row, .. "next\n"u8];

        Assert.Equal(row.Length, Format.FindRowEnd(row));
        Assert.Equal(row.Length, Format.FindRowEnd(more));
        for (int length = 0; length < row.Length; length++)
        {
            Assert.Equal(-1, Format.FindRowEnd(row.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_field_longer_than_what_is_there_has_no_end_yet()
    {
        Assert.Equal(-1, Format.FindRowEnd([0, 0, 1, 0x7f, 0xff, 0xff, 0xff]));
        Assert.Equal(-1, Format.FindRowEnd([0, 0, 2, 0x7f, 0xff, 0xff, 0xff, 0, 0]));
    }

    [Fact]
    public void A_row_without_fields_is_its_head() => Assert.Equal(3, Format.FindRowEnd([0, 0, 0, 65]));
}
