using System.Collections.Concurrent;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Which collations a server takes: it is asked for each, since what it lists and what it takes are not the same.</summary>
internal sealed class KnownCollations
{
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.OrdinalIgnoreCase) { ["binary"] = true };

    /// <summary>The names that were asked for and that the server does not take.</summary>
    internal IEnumerable<string> Unknown => known.Where(item => !item.Value).Select(item => item.Key).Order(StringComparer.Ordinal);

    internal async Task<bool> TakesAsync(ServerSession session, string name, CancellationToken cancellationToken) =>
        known.TryGetValue(name, out bool takes) ? takes : known[name] = await AskAsync(session, name, cancellationToken);

    private static async Task<bool> AskAsync(ServerSession session, string name, CancellationToken cancellationToken)
    {
        try
        {
            await session.ScalarAsync($"SELECT CONVERT('' USING {name.Split('_')[0]}) COLLATE {name}", cancellationToken);
            return true;
        }
        catch (DataResilienceException failure)
            when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.UnknownCollation or MySqlErrorCode.UnknownCharacterSet or MySqlErrorCode.CollationCharsetMismatch })
        {
            return false;
        }
    }
}
