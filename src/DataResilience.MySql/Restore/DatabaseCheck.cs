using System.Collections.Concurrent;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Asks the server what is wrong with restored tables.</summary>
internal sealed class DatabaseCheck(RestoreSessions sessions, string database)
{
    /// <summary>Finds damage in tables and their indexes, and rows without a parent.</summary>
    internal async Task<TargetCheck> CheckAsync(IReadOnlyCollection<string> tables, CancellationToken cancellationToken)
    {
        var findings = new ConcurrentQueue<string>();
        var orphans = new ConcurrentQueue<string>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = sessions.Most, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tables, parallel, async (table, token) =>
        {
            foreach (string finding in await sessions.UseAsync(session => TableAsync(session, table, token), token))
            {
                findings.Enqueue(finding);
            }
        });

        IReadOnlyList<ForeignKey> keys = await sessions.UseAsync(session => ForeignKey.OfAsync(session, database, cancellationToken), cancellationToken);
        await Parallel.ForEachAsync(keys.Where(key => key.ParentDatabase == database), parallel, async (key, token) =>
        {
            if (await sessions.UseAsync(session => OrphansAsync(session, key, token), token) is { } orphan)
            {
                orphans.Enqueue(orphan);
            }
        });
        return new TargetCheck([.. findings.Order(StringComparer.Ordinal)], [.. orphans.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Rows without a parent; a table that is not there has none to offer, which was said where the key was made.</summary>
    internal static async Task<string?> OrphansAsync(ServerSession session, ForeignKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await key.FindOrphansAsync(session, cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.NoSuchTable })
        {
            return $"the foreign key '{key.Name}' of {key.Table} refers to the table '{key.Parent}', which does not exist";
        }
    }

    /// <summary>What CHECK TABLE says is an error, or that it is corrupt; that an engine has no check is no fault.</summary>
    private async Task<IReadOnlyList<string>> TableAsync(ServerSession session, string table, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Kind, string Text)> answers = await session.QueryAsync(
            $"CHECK TABLE {SqlText.Name(database, table)} QUICK", row => (row.GetString(2), row.GetString(3)), cancellationToken);
        return [.. answers.Where(answer => IsFault(answer.Kind, answer.Text)).Select(answer => $"{table}: {answer.Text}")];
    }

    private static bool IsFault(string kind, string text) => kind.ToUpperInvariant() switch
    {
        "ERROR" => true,
        "STATUS" => !string.Equals(text, "OK", StringComparison.OrdinalIgnoreCase) && !text.Contains("up to date", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
