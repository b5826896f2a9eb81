namespace DataResilience.MySql;

/// <summary>One way of holding a state still until all sessions have begun to read it.</summary>
internal abstract class StateLock
{
    /// <summary>How long writers are held up at the most, whatever happens.</summary>
    internal static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(3);

    // A lock that is waited for holds up all that come behind it.
    private const string BoundedWait = "SET SESSION lock_wait_timeout = 2";

    /// <summary>The way's name.</summary>
    internal abstract LockMode Mode { get; }

    /// <summary>The statement that is the way's mark, for messages.</summary>
    internal abstract string Statement { get; }

    /// <summary>How the readers came to see one state, a sentence for the user.</summary>
    internal abstract string Sentence { get; }

    /// <summary>Whether it is sure now that it would hold writers up for nothing; null if it is not.</summary>
    internal virtual Task<string?> FindHindranceAsync(ServerSession keeper, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Holds the state still.</summary>
    /// <param name="keeper">The session that holds it.</param>
    /// <param name="tables">The tables that are read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task HoldAsync(ServerSession keeper, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        await keeper.ExecuteAsync(BoundedWait, cancellationToken);
        await TakeAsync(keeper, tables, cancellationToken);
    }

    /// <summary>Called when all have begun and the state is still held: what is to be kept longer, and what is to be proved.</summary>
    /// <returns>Why it is not one state; null if it is.</returns>
    internal abstract Task<string?> SettleAsync(ServerSession keeper, IReadOnlyList<ServerSession> readers, CancellationToken cancellationToken);

    /// <summary>Lets the state go.</summary>
    internal abstract Task ReleaseAsync(ServerSession keeper, CancellationToken cancellationToken);

    protected abstract Task TakeAsync(ServerSession keeper, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken);
}
