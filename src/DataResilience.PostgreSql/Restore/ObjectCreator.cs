using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Creates one object after another on a session and tells which one failed.</summary>
internal sealed class ObjectCreator(TargetOptions options)
{
    internal async Task CreateAsync(ServerSession session, IEnumerable<SchemaObject> objects, CancellationToken cancellationToken)
    {
        foreach (SchemaObject item in objects)
        {
            await CreateAsync(session, item, cancellationToken);
        }
    }

    internal Task CreateAsync(ServerSession session, SchemaObject item, CancellationToken cancellationToken) => session.GuardAsync(
        async () =>
        {
            try
            {
                await using var command = new NpgsqlCommand(ObjectStatement.For(item, withOwner: !options.NoOwner), session.Connection);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException answer) when (IsAboutObject(answer) && !cancellationToken.IsCancellationRequested)
            {
                string reason = answer.Detail is { Length: > 0 } detail ? $"{answer.MessageText} ({detail})" : answer.MessageText;
                throw Errors.ObjectNotCreated.CreateFrom(answer, session.Address, ObjectStatement.Describe(item), reason);
            }
        },
        cancellationToken);

    /// <summary>Whether the server refused the object, and did not fail by itself: no space, no connection, no lock.</summary>
    private static bool IsAboutObject(PostgresException answer) =>
        answer.SqlState is not (PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled)
        && answer.SqlState[..2] is not ("53" or "57" or "58" or "08");
}
