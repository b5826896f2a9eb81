using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// What COPY sends, as raw bytes. One that is left before its end is cancelled at the server, and its session is done with:
/// the driver alone would read all the rest, which may be the rest of a database.
/// </summary>
internal sealed class CopyStream : IAsyncDisposable
{
    private static readonly TimeSpan LongestCancel = TimeSpan.FromSeconds(5);

    private readonly NpgsqlRawCopyStream stream;
    private readonly ServerSession session;
    private bool hasEnded;

    /// <param name="stream">The driver's stream of bytes.</param>
    /// <param name="session">Whose operation it is.</param>
    internal CopyStream(NpgsqlRawCopyStream stream, ServerSession session)
    {
        this.stream = stream;
        this.session = session;
    }

    /// <summary>Whether a read that could not be ended may still write to the memory it was given.</summary>
    internal bool IsInUse { get; private set; }

    /// <summary>Reads some bytes; 0 at the end. What the driver throws leaves it as it is.</summary>
    internal ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // The driver gives a row at a time and would register a token anew for each: a quarter of all there is to do for a row.
        ValueTask<int> reading = stream.ReadAsync(buffer, CancellationToken.None);
        if (!reading.IsCompletedSuccessfully)
        {
            return WaitAsync(reading.AsTask(), cancellationToken);
        }

        hasEnded = reading.GetAwaiter().GetResult() is var count && count == 0;
        return ValueTask.FromResult(count);
    }

    public async ValueTask DisposeAsync()
    {
        if (hasEnded)
        {
            await stream.DisposeAsync();
        }
        else
        {
            await AbandonAsync(reading: null);
        }
    }

    private async ValueTask<int> WaitAsync(Task<int> reading, CancellationToken cancellationToken)
    {
        try
        {
            int count = await reading.WaitAsync(cancellationToken);
            hasEnded = count == 0;
            return count;
        }
        catch when (reading.IsFaulted)
        {
            // The server has ended it; the session is whole.
            hasEnded = true;
            throw;
        }
        catch (OperationCanceledException) when (!reading.IsCompleted)
        {
            await AbandonAsync(reading);
            throw;
        }
    }

    private async Task AbandonAsync(Task? reading)
    {
        hasEnded = true;
        Task ending = EndAsync(reading);
        await Task.WhenAny(ending, Task.Delay(LongestCancel, session.Time, CancellationToken.None));
        IsInUse = reading?.IsCompleted == false;
        session.Discard(ending);
    }

    /// <summary>Ends it at the server, then takes what is on its way already.</summary>
    private async Task EndAsync(Task? reading)
    {
        // Cancelling opens a connection of its own, and waits for it.
        await Task.Run(stream.Cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reading is not null)
        {
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await stream.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
