using System.Globalization;

namespace DataResilience.MySql;

/// <summary>Opens sessions that make definitions and load rows.</summary>
internal static class RestoreSession
{
    // A year: MariaDB holds an empty table for the first load of it, so the others wait as long as that one takes.
    private const int LongestWait = 31_536_000;

    private const string Usual = "NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,ALLOW_INVALID_DATES";

    /// <summary>The modes of a session that loads; a definition is made in its own.</summary>
    /// <remarks>
    /// Without NO_ENGINE_SUBSTITUTION a table of an engine that the server lacks becomes one of another without a word; without
    /// ALLOW_INVALID_DATES a 31 of February that the source has would become zeros; without NO_AUTO_CREATE_USER a grant to an account
    /// that is not there makes one in MariaDB, without a password.
    /// </remarks>
    internal static string Modes(ServerVersion version) => version.IsMariaDb ? $"{Usual},NO_AUTO_CREATE_USER" : Usual;

    /// <summary>Opens a session.</summary>
    /// <param name="address">The database.</param>
    /// <param name="failures">How failures are told.</param>
    /// <param name="lockTimeout">How long it waits for a lock that others hold; null where no others are there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<ServerSession> OpenAsync(
        ServerAddress address, ServerFailures failures, TimeSpan? lockTimeout, CancellationToken cancellationToken)
    {
        ServerSession session = await ServerSession.OpenAsync(address, failures, SessionPurpose.Load, cancellationToken);
        try
        {
            await session.ExecuteAsync(Settings(session.Version, lockTimeout), cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static string Settings(ServerVersion version, TimeSpan? lockTimeout)
    {
        int seconds = lockTimeout is { } limit && limit != Timeout.InfiniteTimeSpan
            ? (int)Math.Clamp(Math.Ceiling(limit.TotalSeconds), 1, LongestWait)
            : LongestWait;
        string wait = seconds.ToString(CultureInfo.InvariantCulture);
        List<string> settings = [$"sql_mode = '{Modes(version)}'", $"lock_wait_timeout = {wait}", $"innodb_lock_wait_timeout = {wait}", "autocommit = 1"];
        if (version.IsMariaDbSince(10, 11))
        {
            // Rows of the past are rows of a backup too.
            settings.Add("system_versioning_insert_history = 1");
        }

        return "SET " + string.Join(", ", settings.Select(setting => $"SESSION {setting}"));
    }
}
