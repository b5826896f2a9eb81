using DataResilience.PowerShell.Pipeline;

namespace DataResilience.PowerShell.Tests.Pipeline;

public sealed class ProgressThrottleTests
{
    private readonly ManualTime time = new();
    private readonly ProgressThrottle throttle;

    public ProgressThrottleTests()
    {
        throttle = new ProgressThrottle(time);
    }

    [Fact]
    public void The_first_state_is_shown_and_the_next_only_after_two_hundred_milliseconds()
    {
        Assert.Single(throttle.Next(Root("1")));
        time.Advance(199);
        Assert.Empty(throttle.Next(Root("2")));
        time.Advance(1);
        Assert.Equal("3", Assert.Single(throttle.Next(Root("3"))).State.Status);
    }

    [Fact]
    public void Of_each_part_the_newest_state_counts_and_the_root_comes_first()
    {
        throttle.Next(Root("1"));
        throttle.Next(Part("users", "1"));
        throttle.Next(Part("users", "2"));
        throttle.Next(Part("orders", "1"));
        time.Advance(200);

        var picture = throttle.Next(Root("2"));

        Assert.Equal(["2", "2", "1"], picture.Select(shown => shown.State.Status));
        Assert.Equal([0, 1, 2], picture.Select(shown => shown.Id));
    }

    [Fact]
    public void A_part_without_a_root_gets_one()
    {
        var picture = throttle.Next(Part("users", "1"));

        Assert.Equal([null, "users"], picture.Select(shown => shown.State.Part));
    }

    [Fact]
    public void A_part_that_came_and_went_between_two_pictures_is_never_shown()
    {
        throttle.Next(Root("1"));
        throttle.Next(Part("users", "1"));
        throttle.Next(Part("users", "2") with { IsCompleted = true });
        time.Advance(200);

        Assert.Null(Assert.Single(throttle.Next(Root("2"))).State.Part);
    }

    [Fact]
    public void A_part_that_was_shown_is_completed_under_its_number()
    {
        throttle.Next(Part("users", "1"));
        time.Advance(200);

        var end = Assert.Single(throttle.Next(Part("users", "2") with { IsCompleted = true }));

        Assert.Equal((1, true), (end.Id, end.State.IsCompleted));
        Assert.Equal([0], throttle.Finish().Select(shown => shown.Id));
        Assert.Empty(throttle.Finish());
    }

    private static OperationProgress Root(string status) => new() { Activity = "Backing up", Status = status };

    private static OperationProgress Part(string part, string status) => Root(status) with { Part = part };
}
