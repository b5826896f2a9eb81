using System.Globalization;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Takes ACCESS SHARE on tables in the open transaction, and says who is in the way.</summary>
internal sealed class TableLocks(ServerSession session, TimeSpan timeout)
{
    private const int TablesInOneStatement = 500;

    private const string Savepoint = "dataresilience_lock";

    // A wait of 0 would be a wait for ever.
    private long Milliseconds => timeout == Timeout.InfiniteTimeSpan ? 0 : Math.Clamp((long)timeout.TotalMilliseconds, 1, int.MaxValue);

    /// <summary>Locks the tables, or none.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False if one of them is not there any more, or was locked in an order that met another's; the transaction is over then.</returns>
    internal async Task<bool> TryTakeAsync(IReadOnlyList<SourceRelation> tables, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"SET LOCAL lock_timeout = {Milliseconds.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
        foreach (SourceRelation[] some in tables.Chunk(TablesInOneStatement))
        {
            try
            {
                await session.ExecuteAsync(StatementFor(some), cancellationToken);
            }
            catch (DataResilienceException failure) when (failure.InnerException is PostgresException answer)
            {
                switch (answer.SqlState)
                {
                    case PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.WrongObjectType or PostgresErrorCodes.DeadlockDetected:
                        return false;
                    case PostgresErrorCodes.LockNotAvailable:
                        await session.ExecuteAsync("ROLLBACK", cancellationToken);
                        throw await ExplainAsync(some, failure, cancellationToken);
                    default:
                        throw;
                }
            }
        }

        await session.ExecuteAsync("SET LOCAL lock_timeout = 0", cancellationToken);
        return true;
    }

    /// <summary>Locks those tables that can be locked without waiting.</summary>
    /// <returns>The others.</returns>
    internal async Task<IReadOnlyList<SourceRelation>> TakeAtOnceAsync(IReadOnlyList<SourceRelation> tables, CancellationToken cancellationToken)
    {
        var left = new List<SourceRelation>();
        foreach (SourceRelation[] some in tables.Chunk(TablesInOneStatement))
        {
            if (await TryAtOnceAsync(some, cancellationToken))
            {
                continue;
            }

            foreach (SourceRelation table in some)
            {
                if (!await TryAtOnceAsync([table], cancellationToken))
                {
                    left.Add(table);
                }
            }
        }

        return left;
    }

    /// <summary>Locks one table without waiting: behind a waiting ALTER TABLE a lock would come when the whole backup is over.</summary>
    internal static string WithoutWaiting(string schema, string name) =>
        $"LOCK TABLE ONLY {SqlName.Quote(schema, name)} IN ACCESS SHARE MODE NOWAIT";

    private async Task<bool> TryAtOnceAsync(SourceRelation[] tables, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken);
        bool isTaken = true;
        try
        {
            await session.ExecuteAsync($"{StatementFor(tables)} NOWAIT", cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is PostgresException { SqlState: not PostgresErrorCodes.OutOfMemory })
        {
            isTaken = false;
            await session.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Savepoint}", cancellationToken);
        }

        await session.ExecuteAsync($"RELEASE SAVEPOINT {Savepoint}", cancellationToken);
        return isTaken;
    }

    private static string StatementFor(IEnumerable<SourceRelation> tables) =>
        $"LOCK TABLE {string.Join(", ", tables.Select(table => $"ONLY {SqlName.Quote(table.Schema, table.Name)}"))} IN ACCESS SHARE MODE";

    private async Task<Exception> ExplainAsync(
        IReadOnlyList<SourceRelation> tables, DataResilienceException failure, CancellationToken cancellationToken)
    {
        (string table, string holder) = await LockHolder.FindAsync(session, tables, cancellationToken);
        return Errors.TableLocked.CreateFrom(failure.InnerException, session.Address, table, timeout.TotalSeconds, holder);
    }
}
