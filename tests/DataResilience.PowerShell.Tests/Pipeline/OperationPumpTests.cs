using System.Management.Automation;
using DataResilience.PowerShell.Pipeline;

namespace DataResilience.PowerShell.Tests.Pipeline;

public sealed class OperationPumpTests
{
    private readonly RecordedStreams streams = new();
    private readonly OperationPump pump;

    public OperationPumpTests()
    {
        pump = new OperationPump(streams, TimeProvider.System);
    }

    [Fact]
    public void The_result_comes_back_and_messages_are_written_in_order_on_the_calling_thread()
    {
        int result = pump.Run(
            async (reporter, _) =>
            {
                await Task.Yield();
                reporter.Verbose("one");
                reporter.Debug("two");
                await Task.Yield();
                reporter.Warning("three");
                return 42;
            },
            CancellationToken.None);

        Assert.Equal(42, result);
        Assert.Equal(["one", "two", "three"], streams.Written);
        Assert.Equal([Environment.CurrentManagedThreadId], streams.Threads);
    }

    [Fact]
    public void Work_that_reports_more_than_the_queue_holds_waits_and_loses_nothing()
    {
        pump.Run(
            (reporter, _) =>
            {
                for (var i = 0; i < 5000; i++)
                {
                    reporter.Verbose("x");
                }

                return Task.FromResult(0);
            },
            CancellationToken.None);

        Assert.Equal(5000, streams.Written.Count);
    }

    [Fact]
    public void What_the_work_throws_is_thrown_as_it_is()
    {
        var thrown = Assert.Throws<DataResilienceException>(() => pump.Run<int>(
            (_, _) => throw Errors.SourceRequired.Create(), CancellationToken.None));

        Assert.Equal("SourceRequired", thrown.ErrorCode);
    }

    [Fact]
    public void When_writing_throws_the_work_is_cancelled_cleaned_up_and_then_it_is_thrown()
    {
        streams.Failure = new PipelineStoppedException();
        var isCleanedUp = false;

        Assert.Throws<PipelineStoppedException>(() => pump.Run<int>(
            async (reporter, token) =>
            {
                try
                {
                    reporter.Verbose("the write that fails");
                    await Task.Delay(Timeout.Infinite, token);
                    return 0;
                }
                finally
                {
                    // More than the queue holds: it must go on being drained although nothing is written any more.
                    for (var i = 0; i < 1000; i++)
                    {
                        reporter.Verbose("cleaning up");
                    }

                    isCleanedUp = true;
                }
            },
            CancellationToken.None));

        Assert.True(isCleanedUp);
        Assert.Empty(streams.Written);
    }

    [Fact]
    public void What_writing_throws_counts_more_than_what_the_work_throws_and_the_latter_is_observed()
    {
        var unobserved = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, _) => Interlocked.Increment(ref unobserved);
        TaskScheduler.UnobservedTaskException += count;
        streams.Failure = new InvalidOperationException("writing");

        var thrown = Assert.Throws<InvalidOperationException>(FailTwice);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= count;

        Assert.Equal("writing", thrown.Message);
        Assert.Equal(0, unobserved);
    }

    [Fact]
    public void Stopping_from_another_thread_ends_the_work_and_waits_for_it()
    {
        using var stop = new StopSignal();
        var isCleanedUp = false;

        Assert.ThrowsAny<OperationCanceledException>(() => pump.Run<int>(
            async (reporter, token) =>
            {
                _ = Task.Run(stop.Give, CancellationToken.None);
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return 0;
                }
                finally
                {
                    await Task.Yield();
                    isCleanedUp = true;
                }
            },
            stop.Token));

        Assert.True(isCleanedUp);
    }

    [Fact]
    public void Work_that_is_stopped_before_it_began_does_not_hang()
    {
        using var stop = new StopSignal();
        stop.Give();

        Assert.ThrowsAny<OperationCanceledException>(() => pump.Run<int>(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            stop.Token));
    }

    [Fact]
    public void A_signal_after_the_end_does_nothing()
    {
        var stop = new StopSignal();
        stop.Dispose();

        stop.Give();

        Assert.False(stop.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_word_after_the_end_of_the_work_is_dropped()
    {
        IOperationReporter? late = null;
        pump.Run(
            (reporter, _) => Task.FromResult(Keep(reporter)),
            CancellationToken.None);

        late!.Verbose("too late");

        Assert.Empty(streams.Written);

        int Keep(IOperationReporter reporter)
        {
            late = reporter;
            return 0;
        }
    }

    [Fact]
    public void Progress_that_is_shown_is_completed_at_the_end_also_when_the_work_fails()
    {
        Assert.Throws<DataResilienceException>(() => pump.Run<int>(
            (reporter, _) =>
            {
                reporter.Progress(new OperationProgress { Activity = "Backing up", Status = "reading" });
                throw Errors.SourceRequired.Create();
            },
            CancellationToken.None));

        Assert.Equal([false, true], streams.Shown.Select(shown => shown.State.IsCompleted));
    }

    private void FailTwice() => pump.Run<int>(
        async (reporter, token) =>
        {
            reporter.Verbose("x");
            await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw new InvalidOperationException("working");
        },
        CancellationToken.None);
}
