using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>One attempt to let all sessions begin on one state. Where it fails, no lock of it is left.</summary>
internal sealed class SnapshotAttempt(
    StateLock way, SnapshotSessions sessions, SnapshotOptions options, Func<CancellationToken, Task<ServerSession>> open, TimeProvider time)
{
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(5);

    private ServerSession? keeper;
    private ServerSession? tableKeeper;

    /// <summary>The state; null where it failed.</summary>
    internal HeldState? State { get; private set; }

    /// <summary>Makes the attempt.</summary>
    /// <returns>Why it failed; null if it did not.</returns>
    internal async Task<HoldFailure?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            HoldFailure? failure = await TryAsync(cancellationToken);
            if (failure is null)
            {
                return null;
            }

            await sessions.EndAsync(cancellationToken);
            return failure;
        }
        finally
        {
            if (State is null)
            {
                await DisposeAsync(tableKeeper);
                await DisposeAsync(keeper);
            }
        }
    }

    private async Task<HoldFailure?> TryAsync(CancellationToken cancellationToken)
    {
        keeper = await open(cancellationToken);
        if (await way.FindHindranceAsync(keeper, cancellationToken) is { } hindrance)
        {
            return new HoldFailure(hindrance, MayTryAgain: true);
        }

        ServerSession catalog = sessions.Catalog;
        // MySQL keeps its catalog in tables, of which a session with a snapshot would see those of its snapshot for ever.
        SourceDefinitions before = await SourceDefinitions.ReadAsync(keeper, options, cancellationToken);
        IReadOnlyList<SourceTable> tables = before.TakenTables;
        SourceTable[] locked = [.. tables.Where(table => !table.HasSnapshot)];
        tableKeeper = locked.Length > 0 ? await open(cancellationToken) : null;
        IReadOnlyDictionary<string, string>? position = null;
        using var bound = new CancellationTokenSource(StateLock.LongestHold, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        try
        {
            string? moved;
            try
            {
                await HoldAsync(tables, locked, either.Token);
                await sessions.BeginAsync(either.Token);
                position = await PositionReader.ReadAsync(keeper, catalog, either.Token);
                moved = await way.SettleAsync(keeper, sessions.All, either.Token);
            }
            finally
            {
                await ReleaseAsync();
            }

            if (moved is not null)
            {
                return new HoldFailure(moved, MayTryAgain: true);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HoldFailure($"it was not there after {StateLock.LongestHold.TotalSeconds} seconds, for which writers wait at the most", MayTryAgain: true);
        }
        catch (DataResilienceException failure) when (HoldFailure.Of(failure) is HoldFailure known)
        {
            return known;
        }

        SourceDefinitions after = await SourceDefinitions.ReadAsync(keeper, options, cancellationToken);
        if (before.FindChange(after) is { } change)
        {
            return new HoldFailure(change, MayTryAgain: true);
        }

        State = new HeldState(after, position, way.Sentence, keeper, tableKeeper);
        return null;
    }

    private async Task HoldAsync(IReadOnlyList<SourceTable> tables, IReadOnlyList<SourceTable> locked, CancellationToken cancellationToken)
    {
        if (tableKeeper is null)
        {
            await way.HoldAsync(keeper!, tables, cancellationToken);
            return;
        }

        // The proof without a lock begins when the tables that have no snapshots are still.
        if (way.Mode == LockMode.None)
        {
            await LockAsync(tableKeeper, locked, cancellationToken);
            await way.HoldAsync(keeper!, tables, cancellationToken);
        }
        else
        {
            await way.HoldAsync(keeper!, tables, cancellationToken);
            await LockAsync(tableKeeper, locked, cancellationToken);
        }
    }

    private static Task LockAsync(ServerSession session, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken) =>
        session.ExecuteAsync(TableLocks.StatementFor(session.Address.Database, tables), cancellationToken);

    /// <summary>Lets the state go, whoever was cancelled: what cannot be released goes with the connection.</summary>
    private async Task ReleaseAsync()
    {
        using var bound = new CancellationTokenSource(LongestRelease, time);
        try
        {
            await way.ReleaseAsync(keeper!, bound.Token);
        }
        catch
        {
            await DisposeAsync(keeper);
            throw;
        }
    }

    private static async ValueTask DisposeAsync(ServerSession? session)
    {
        if (session is not null)
        {
            await session.DisposeAsync();
        }
    }
}
