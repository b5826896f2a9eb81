using DataResilience.Providers;

namespace DataResilience.PostgreSql.Tests.Snapshot;

public class RangePlannerTests
{
    private static readonly SourceRelation Heap = new(1, "public", "t", IsHeap: true, IsUnlogged: false, IsReadable: true, IsSystem: false, Pages: 0);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(12288, 3)]
    [InlineData(12289, 4)]
    public void Ranges_are_cut_at_multiples_and_cover_everything(long pages, int count)
    {
        IReadOnlyList<RowRange> ranges = RangePlanner.Plan(Heap with { Pages = pages }, 14);

        Assert.Equal(count, ranges.Count);
        Assert.Null(ranges[0].From);
        Assert.Null(ranges[^1].To);
        Assert.Equal(ranges.Skip(1).Select(range => range.From), ranges.SkipLast(1).Select(range => range.To));
    }

    [Fact]
    public void A_table_that_grows_keeps_its_ranges() => Assert.Equal(
        RangePlanner.Plan(Heap with { Pages = 9000 }, 18).SkipLast(1), RangePlanner.Plan(Heap with { Pages = 90000 }, 18).Take(2));

    [Fact]
    public void Where_pages_cannot_be_gone_to_there_is_one_range()
    {
        RowRange everything = new(0, null, null);

        Assert.Equal(everything, Assert.Single(RangePlanner.Plan(Heap with { Pages = 9000 }, 13)));
        Assert.Equal(everything, Assert.Single(RangePlanner.Plan(Heap with { Pages = 9000, IsHeap = false }, 18)));
        Assert.Equal(everything, Assert.Single(RangePlanner.Plan(null, 18)));
    }

    [Fact]
    public void The_largest_table_there_can_be_is_cut_too() =>
        Assert.Equal(1048576, RangePlanner.Plan(Heap with { Pages = uint.MaxValue }, 18).Count);
}
