using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>
/// Opens one state of a database for several sessions: holds it still in the way that writers feel least, lets all sessions begin, and
/// lets it go. No attempt holds writers up for longer than <see cref="StateLock.LongestHold"/>.
/// </summary>
internal sealed class SnapshotOpener
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    // Writers get this many times what an attempt took from them.
    private const int PauseFactor = 3;

    private readonly ServerAddress address;
    private readonly SnapshotOptions options;
    private readonly TimeProvider time;
    private readonly SourceFailures failures = new();
    private readonly Dictionary<string, string> reasons = new(StringComparer.Ordinal);

    private readonly long rangeBytes;

    private SnapshotOpener(ServerAddress address, SnapshotOptions options, TimeProvider time, long rangeBytes) =>
        (this.address, this.options, this.time, this.rangeBytes) = (address, options, time, rangeBytes);

    /// <summary>Opens a snapshot of a database.</summary>
    /// <param name="address">The database.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="time">Bounds the holding of locks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="rangeBytes">How many bytes of rows a range is to have, roughly.</param>
    internal static async Task<ISourceSnapshot> OpenAsync(
        ServerAddress address, SnapshotOptions options, TimeProvider time, CancellationToken cancellationToken,
        long rangeBytes = RangePlanner.RangeBytes)
    {
        var opener = new SnapshotOpener(address, options, time, rangeBytes);
        var sessions = new SnapshotSessions(opener.OpenSessionAsync, Math.Max(options.Readers, 1));
        try
        {
            return await opener.OpenAsync(sessions, cancellationToken);
        }
        catch
        {
            await sessions.DisposeAsync();
            throw;
        }
    }

    private async Task<ISourceSnapshot> OpenAsync(SnapshotSessions sessions, CancellationToken cancellationToken)
    {
        await sessions.OpenAsync(cancellationToken);
        List<StateLock> ways = await FindWaysAsync(sessions.Catalog, cancellationToken);
        long start = time.GetTimestamp();
        while (ways.Count > 0)
        {
            long round = time.GetTimestamp();
            bool isLast = options.LockTimeout != Timeout.InfiniteTimeSpan && time.GetElapsedTime(start) >= options.LockTimeout;
            foreach (StateLock way in ways.ToArray())
            {
                await sessions.OpenAsync(cancellationToken);
                var attempt = new SnapshotAttempt(way, sessions, options, OpenSessionAsync, time);
                HoldFailure? failure = await attempt.RunAsync(cancellationToken);
                if (failure is null)
                {
                    return new MySqlSnapshot(sessions, attempt.State!, options) { RangeBytes = rangeBytes };
                }

                reasons[way.Statement] = failure.Reason;
                if (!failure.MayTryAgain)
                {
                    ways.Remove(way);
                }
            }

            if (isLast)
            {
                break;
            }

            await PauseAsync(time.GetElapsedTime(start), time.GetElapsedTime(round), cancellationToken);
        }

        throw Errors.SnapshotNotHeld.Create(address, string.Join("; ", reasons.Select(reason => $"{reason.Key}: {reason.Value}")));
    }

    private Task PauseAsync(TimeSpan sinceStart, TimeSpan attempt, CancellationToken cancellationToken)
    {
        TimeSpan pause = ShortestPause > attempt * PauseFactor ? ShortestPause : attempt * PauseFactor;
        TimeSpan left = options.LockTimeout == Timeout.InfiniteTimeSpan ? pause : options.LockTimeout - sinceStart;
        return Task.Delay(left > pause ? pause : left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
    }

    /// <summary>The ways that are tried, in their order.</summary>
    private async Task<List<StateLock>> FindWaysAsync(ServerSession session, CancellationToken cancellationToken)
    {
        StateLock[] all = session.Version.IsMariaDb
            ? [new BackupStageLock(), new GlobalReadLock(), new TableLocks(), new PositionProof()]
            : [new GlobalReadLock(), new TableLocks(), new PositionProof()];
        List<StateLock> ways = [.. all.Where(way => options.LockMode == LockMode.Auto || way.Mode == options.LockMode)];
        if (ways.Count == 0)
        {
            throw Errors.SnapshotNotHeld.Create(address, $"{session.Version} has no lock mode {options.LockMode}");
        }

        if (ways.Find(way => way is PositionProof) is { } proof
            && await PositionProof.FindObstacleAsync(session, cancellationToken) is { } obstacle)
        {
            reasons[proof.Statement] = obstacle;
            ways.Remove(proof);
        }

        return ways;
    }

    private Task<ServerSession> OpenSessionAsync(CancellationToken cancellationToken) =>
        ServerSession.OpenAsync(address, failures, SessionPurpose.Read, cancellationToken, time);
}
