using DataResilience.Engine.Operations;

namespace DataResilience.Engine.Tests.Operations;

/// <summary>Tasks that end together.</summary>
public sealed class TaskGroupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_failure_cancels_the_others_and_is_the_one_that_is_reported()
    {
        using var group = new TaskGroup(Token);
        var cancelled = new TaskCompletionSource();
        group.Run(token => WaitAsync(cancelled, token));
        group.Run(async token =>
        {
            await WaitAsync(new TaskCompletionSource(), token);
            throw new InvalidOperationException("second");
        });
        group.Run(_ => throw new InvalidOperationException("first"));

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(group.WaitAsync);

        Assert.Equal("first", failure.Message);
        Assert.True(cancelled.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_task_may_begin_others_and_all_of_them_are_waited_for()
    {
        using var group = new TaskGroup(Token);
        int ended = 0;
        void Begin(int depth) => group.Run(async _ =>
        {
            await Task.Yield();
            if (depth > 0)
            {
                Begin(depth - 1);
                Begin(depth - 1);
            }

            Interlocked.Increment(ref ended);
        });
        Begin(7);

        await group.WaitAsync();

        Assert.Equal(255, ended);
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var group = new TaskGroup(cancel.Token);
        group.Run(token => WaitAsync(new TaskCompletionSource(), token));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(group.WaitAsync);
    }

    [Fact]
    public async Task Nothing_to_do_is_done_at_once()
    {
        using var group = new TaskGroup(Token);

        await group.WaitAsync();
    }

    private static async Task WaitAsync(TaskCompletionSource cancelled, CancellationToken token)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        finally
        {
            cancelled.SetResult();
        }
    }
}
