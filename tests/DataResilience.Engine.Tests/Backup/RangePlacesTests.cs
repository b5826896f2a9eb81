using DataResilience.Engine.Backup;

namespace DataResilience.Engine.Tests.Backup;

/// <summary>How far ranges may run ahead.</summary>
public sealed class RangePlacesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_ranges_are_read_at_once_than_there_are_readers()
    {
        using var places = new RangePlaces(2);
        await places.EnterAsync(Token);
        await places.EnterAsync(Token);
        Task third = places.EnterAsync(Token);
        Assert.False(third.IsCompleted);

        places.LeaveReading();

        await third;
    }

    [Fact]
    public async Task Ranges_that_were_read_and_not_listed_hold_the_next_ones_back()
    {
        using var places = new RangePlaces(2);
        for (int i = 0; i < 2 * RangePlaces.RangesAheadPerReader; i++)
        {
            await places.EnterAsync(Token);
            places.LeaveReading();
        }

        Task next = places.EnterAsync(Token);
        Assert.False(next.IsCompleted);

        places.LeaveAhead();

        await next;
    }
}
