using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataResilience.MySql;

/// <summary>
/// The session of a restore that holds a named lock for its target: whoever finds the lock held knows that the restore lives, and
/// whoever gets it may remove what a dead one left. The server frees it when the session ends, however it ends.
/// </summary>
internal sealed class RestoreOwner : IAsyncDisposable
{
    // A lock's name has at most 64 characters, and is compared without regard to case.
    private const string LockPrefix = "dataresilience_";
    private const int LockDigits = 32;

    private readonly ServerAddress target;

    private RestoreOwner(ServerAddress target, ServerSession session)
    {
        this.target = target;
        Session = session;
    }

    /// <summary>The session, in no database.</summary>
    internal ServerSession Session { get; }

    /// <exception cref="DataResilienceException"><c>TargetInUse</c> where another restore has the target.</exception>
    internal static async Task<RestoreOwner> OpenAsync(ServerAddress target, ServerFailures failures, CancellationToken cancellationToken)
    {
        ServerSession session = await RestoreSession.OpenAsync(target.WithDatabase(""), failures, lockTimeout: null, cancellationToken);
        try
        {
            if (await session.ScalarAsync($"SELECT GET_LOCK({LockName(target)}, 0)", cancellationToken) != "1")
            {
                throw Errors.TargetInUse.Create(target, await HolderAsync(session, target, cancellationToken) ?? "another restore, which has just ended");
            }

            return new RestoreOwner(target, session);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>The restore that has a target now; null where none has.</summary>
    internal static async Task<string?> HolderAsync(ServerSession session, ServerAddress target, CancellationToken cancellationToken) =>
        await session.ScalarAsync($"SELECT IS_USED_LOCK({LockName(target)})", cancellationToken) is { } holder
            ? $"another restore, session {holder} of the server"
            : null;

    /// <summary>A lock is lost with its connection: what was made meanwhile may be another's by now.</summary>
    internal async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (await Session.ScalarAsync($"SELECT IS_USED_LOCK({LockName(target)}) = CONNECTION_ID()", cancellationToken) != "1")
        {
            throw Errors.ConnectionLost.Create(target, "the lock that keeps other restores away is gone");
        }
    }

    /// <summary>Gives the lock back before the session goes, which the server may notice late. One that fails is gone already.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (Session.Connection.State == ConnectionState.Open)
            {
                await Session.ExecuteAsync($"DO RELEASE_LOCK({LockName(target)})", CancellationToken.None);
            }
        }
        catch (DataResilienceException failure)
        {
            _ = failure;
        }
        finally
        {
            await Session.DisposeAsync();
        }
    }

    private static string LockName(ServerAddress target)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(target.Database.ToUpper(CultureInfo.InvariantCulture)));
        return SqlText.Value(LockPrefix + Convert.ToHexString(digest)[..LockDigits]);
    }
}
