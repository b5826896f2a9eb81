namespace DataResilience.Testing;

/// <summary>Waits for what another process does, which tells nobody when it is done.</summary>
public static class Wait
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Asks until the answer is yes; fails after a minute.</summary>
    /// <param name="condition">The question.</param>
    /// <param name="what">What is waited for, for the message.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        TimeProvider time = TimeProvider.System;
        long start = time.GetTimestamp();
        while (!await condition())
        {
            Assert.True(time.GetElapsedTime(start) < Longest, $"Waited a minute for {what}.");
            await Task.Delay(Step, time, TestContext.Current.CancellationToken);
        }
    }
}
