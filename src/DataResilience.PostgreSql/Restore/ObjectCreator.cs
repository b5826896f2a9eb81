using System.Collections.Concurrent;
using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>Creates one object after another on a session and tells which one failed.</summary>
/// <param name="options">What is restored.</param>
/// <param name="isLive">Whether it is done within one transaction in a database that others use.</param>
internal sealed class ObjectCreator(TargetOptions options, bool isLive)
{
    private const string Savepoint = "dr_object";

    // What is of another object, and not made where that was there before: it is as its owner wants it.
    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        ObjectKind.Comment, ObjectKind.Acl, ObjectKind.SecurityLabel, ObjectKind.SequenceSet, ObjectKind.SequenceOwnedBy, "default", ObjectKind.Constraint, "check constraint",
        ObjectKind.ForeignKey, ObjectKind.Index, ObjectKind.IndexAttach, ObjectKind.TableAttach, "trigger", "rule", ObjectKind.Policy, ObjectKind.RowSecurity, ObjectKind.Statistics, ObjectKind.Refresh,
    };

    private readonly TableChoice choice = new(options);
    private readonly ConcurrentDictionary<int, bool> leftOut = [];
    private readonly ConcurrentDictionary<int, bool> present = [];
    private readonly ConcurrentQueue<string> warnings = [];

    /// <summary>What was left out, for the user.</summary>
    internal IReadOnlyList<string> Warnings => [.. warnings];

    internal async Task CreateAsync(ServerSession session, IEnumerable<SchemaObject> objects, CancellationToken cancellationToken)
    {
        foreach (SchemaObject item in objects)
        {
            await CreateAsync(session, item, cancellationToken);
        }
    }

    internal Task CreateAsync(ServerSession session, SchemaObject item, CancellationToken cancellationToken)
    {
        if (item.DependsOn.Any(leftOut.ContainsKey))
        {
            leftOut[item.Id] = true;
            return Task.CompletedTask;
        }

        bool isOurs = !isLive || choice.Owns(item);
        if (!isOurs && Attributes.Contains(item.Kind) && item.DependsOn.Any(present.ContainsKey))
        {
            present[item.Id] = true;
            return Task.CompletedTask;
        }

        string statement = ObjectStatement.For(item, withOwner: !options.NoOwner);
        bool mayFail = !isOurs || (options.IsPartial && choice.LeadsOutside(item));
        return string.IsNullOrWhiteSpace(statement)
            ? Task.CompletedTask
            : session.GuardAsync(() => RunAsync(session, item, statement, mayFail, isOurs, cancellationToken), cancellationToken);
    }

    private async Task RunAsync(
        ServerSession session, SchemaObject item, string statement, bool mayFail, bool isOurs, CancellationToken cancellationToken)
    {
        bool hasSavepoint = isLive && mayFail;
        try
        {
            await ExecuteAsync(session, hasSavepoint ? $"SAVEPOINT {Savepoint};\n{statement}" : statement, cancellationToken);
        }
        catch (PostgresException answer) when (IsAboutObject(answer) && !cancellationToken.IsCancellationRequested)
        {
            bool isPresent = !isOurs && IsDuplicate(answer);
            if (!isPresent && !(options.IsPartial && choice.LeadsOutside(item)))
            {
                throw Errors.ObjectNotCreated.CreateFrom(answer, session.Address, ObjectStatement.Describe(item), ReasonOf(answer));
            }

            LeaveOut(item, answer, isPresent);
            if (hasSavepoint)
            {
                await ExecuteAsync(session, $"ROLLBACK TO SAVEPOINT {Savepoint}", cancellationToken);
            }
        }

        if (hasSavepoint)
        {
            await ExecuteAsync(session, $"RELEASE SAVEPOINT {Savepoint}", cancellationToken);
        }
    }

    private void LeaveOut(SchemaObject item, PostgresException answer, bool isPresent)
    {
        if (isPresent)
        {
            present[item.Id] = true;
            return;
        }

        leftOut[item.Id] = true;
        warnings.Enqueue(
            $"the {ObjectStatement.Describe(item)} of '{item.Table}' was left out, since '{item.Options[ObjectOption.References]}' was not restored: {ReasonOf(answer)}");
    }

    private static async Task ExecuteAsync(ServerSession session, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, session.Connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string ReasonOf(PostgresException answer) =>
        answer.Detail is { Length: > 0 } detail ? $"{answer.MessageText} ({detail.TrimEnd('.')})" : answer.MessageText;

    private static bool IsDuplicate(PostgresException answer) => answer.SqlState is
        PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.DuplicateFunction or PostgresErrorCodes.DuplicateSchema
        or PostgresErrorCodes.DuplicateTable;

    /// <summary>Whether the server refused the object, and did not fail by itself: no space, no connection, no lock.</summary>
    private static bool IsAboutObject(PostgresException answer) =>
        answer.SqlState is not (PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled)
        && answer.SqlState[..2] is not ("53" or "57" or "58" or "08");
}
