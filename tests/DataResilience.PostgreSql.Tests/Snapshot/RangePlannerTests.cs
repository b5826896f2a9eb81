using DataResilience.Providers;

namespace DataResilience.PostgreSql.Tests.Snapshot;

public sealed class RangePlannerTests
{
    private static readonly RowRange Whole = new(0, null, null);

    [Fact]
    public void A_heap_is_cut_at_the_same_pages_however_it_grows()
    {
        Assert.Equal([new(0, null, "4096"), new(1, "4096", "8192"), new(2, "8192", null)], RangePlanner.Plan(Table(8193), 14));
        Assert.Equal([new(0, null, "4096"), new(1, "4096", null)], RangePlanner.Plan(Table(8192), 18));
        Assert.Equal([Whole], RangePlanner.Plan(Table(4096), 14));
        Assert.Equal([Whole], RangePlanner.Plan(Table(0), 14));
    }

    /// <summary>Version 13 would read everything that stands before a range.</summary>
    [Fact]
    public void On_version_13_a_table_is_read_whole() => Assert.Equal([Whole], RangePlanner.Plan(Table(100_000), 13));

    [Fact]
    public void What_is_no_heap_or_not_known_is_read_whole()
    {
        Assert.Equal([Whole], RangePlanner.Plan(Table(100_000) with { IsHeap = false }, 18));
        Assert.Equal([Whole], RangePlanner.Plan(null, 18));
    }

    private static SourceRelation Table(long pages) =>
        new(16384, "public", "t", IsHeap: true, IsUnlogged: false, IsReadable: true, IsSystem: false, pages);
}
