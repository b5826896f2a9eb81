namespace DataResilience.PowerShell.Pipeline;

/// <summary>Tells work to stop. PowerShell stops a pipeline from another thread, and may do so while it is being disposed.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource source = new();
    private bool isDisposed;

    /// <summary>Cancelled once the signal was given.</summary>
    public CancellationToken Token { get; }

    public StopSignal()
    {
        Token = source.Token;
    }

    /// <summary>Gives the signal and returns at once: what listens to it runs on other threads.</summary>
    public void Give()
    {
        lock (gate)
        {
            if (!isDisposed)
            {
                _ = source.CancelAsync();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            source.Dispose();
        }
    }
}
