using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>
/// What a query gives, row by row. One that is left before its end is ended at the server, and its session is done with: the
/// driver alone would read all the rest, which may be the rest of a database.
/// </summary>
internal sealed class ResultReader : IAsyncDisposable
{
    private readonly MySqlCommand command;
    private readonly ServerSession session;
    private bool hasEnded;

    /// <param name="command">The query, which goes with it.</param>
    /// <param name="row">The driver's reader.</param>
    /// <param name="session">Whose result it is.</param>
    internal ResultReader(MySqlCommand command, MySqlDataReader row, ServerSession session)
    {
        this.command = command;
        this.session = session;
        Row = row;
    }

    /// <summary>The row that was read last.</summary>
    internal MySqlDataReader Row { get; }

    /// <summary>Reads the next row; false at the end. What the driver throws leaves it as it is.</summary>
    internal ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Most rows are there already, and registering a token for each would cost more than they do.
        Task<bool> reading = Row.ReadAsync(CancellationToken.None);
        if (!reading.IsCompletedSuccessfully)
        {
            return WaitAsync(reading, cancellationToken);
        }

        bool isRow = reading.GetAwaiter().GetResult();
        hasEnded = !isRow;
        return ValueTask.FromResult(isRow);
    }

    public async ValueTask DisposeAsync()
    {
        if (session.IsDiscarded)
        {
            return; // the connection takes it along
        }

        if (!hasEnded)
        {
            session.Discard();
            return;
        }

        await Row.DisposeAsync();
        await command.DisposeAsync();
    }

    private async ValueTask<bool> WaitAsync(Task<bool> reading, CancellationToken cancellationToken)
    {
        try
        {
            bool isRow = await reading.WaitAsync(cancellationToken);
            hasEnded = !isRow;
            return isRow;
        }
        catch when (reading.IsFaulted)
        {
            // The server has ended it; the session is whole, or closed already.
            hasEnded = true;
            throw;
        }
        catch (OperationCanceledException) when (!reading.IsCompleted)
        {
            session.Discard(reading);
            throw;
        }
    }
}
