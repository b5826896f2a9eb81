using System.Collections.Concurrent;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Creates objects on a session and tells which one failed.</summary>
/// <param name="options">What is restored.</param>
/// <param name="target">The target as the user named it.</param>
/// <param name="grants">Gives rights.</param>
internal sealed class ObjectCreator(TargetOptions options, ServerAddress target, GivenGrants grants)
{
    private readonly TableChoice choice = new(options);
    private readonly ConcurrentQueue<string> warnings = [];
    private readonly KnownCollations collations = new();

    /// <summary>What was left out, for the user.</summary>
    internal IReadOnlyList<string> Warnings =>
    [
        .. warnings,
        .. collations.Unknown.Select(name => $"the server has no collation {name}, under which views or stored programs were made: texts in them compare by its default now"),
    ];

    internal void Warn(string clause) => warnings.Enqueue(clause);

    /// <summary>Creates one object in its own settings.</summary>
    /// <param name="session">A session in the database.</param>
    /// <param name="item">The object.</param>
    /// <param name="isOurs">Whether nobody else uses the database, so that its default may be another meanwhile.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="isProof">Whether it is only to be seen that it can be created: nobody but the restoring user has rights there.</param>
    internal async Task CreateAsync(ServerSession session, SchemaObject item, bool isOurs, CancellationToken cancellationToken, bool isProof = false)
    {
        if (item.Kind == ObjectKind.Grant)
        {
            await grants.GiveAsync(session, item, cancellationToken);
            return;
        }

        string statement = ObjectStatement.For(item, withOwner: !options.NoOwner && !isProof);
        bool takesCollation = await TakesCollationAsync(session, item, ObjectOption.CollationConnection, cancellationToken);
        string? settings = ObjectStatement.Settings(item, session.Version, takesCollation);
        if (settings is null)
        {
            await RunAsync(session, item, statement, cancellationToken);
            return;
        }

        await RunAsync(session, item, settings, cancellationToken);
        string? usual = isOurs ? await ChangeCollationAsync(session, item, cancellationToken) : null;
        await RunAsync(session, item, statement, cancellationToken);
        if (usual is not null)
        {
            await session.ExecuteAsync(usual, cancellationToken);
        }

        await session.ExecuteAsync($"SET NAMES utf8mb4, SESSION sql_mode = '{RestoreSession.Modes(session.Version)}', SESSION time_zone = '+00:00'", cancellationToken);
    }

    /// <summary>Makes what is missing of a table in one pass over it.</summary>
    internal Task AlterAsync(ServerSession session, IReadOnlyList<SchemaObject> items, CancellationToken cancellationToken)
    {
        string clauses = string.Join(",\n", items.Select(item => $"ADD {item.Options[ObjectOption.Clause]}"));
        return RunAsync(session, items[0], $"ALTER TABLE {SqlText.Name(items[0].Table!)} {clauses}", cancellationToken, string.Join(", ", items.Select(ObjectStatement.Describe)));
    }

    /// <summary>Makes a foreign key to a table that was not restored, which may lack what the key needs.</summary>
    internal async Task<bool> TryAlterAsync(ServerSession session, SchemaObject item, CancellationToken cancellationToken)
    {
        // The session checks no foreign keys: it would take one to a table that is not there, which nothing could be written to.
        string other = item.Options[ObjectOption.References];
        const string Exists = "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?";
        if (await session.ScalarAsync(Exists, cancellationToken, other) is null)
        {
            warnings.Enqueue($"the {ObjectStatement.Describe(item)} of '{item.Table}' was left out, since there is no table '{other}'");
            return false;
        }

        try
        {
            await AlterAsync(session, [item], cancellationToken);
            return true;
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == Errors.ObjectNotCreated.Code && choice.LeadsOutside(item))
        {
            string reason = (failure.InnerException as MySqlException)?.Message ?? failure.Message.TrimEnd('.');
            warnings.Enqueue($"the {ObjectStatement.Describe(item)} of '{item.Table}' was left out, since '{item.Options[ObjectOption.References]}' was not restored: {reason}");
            return false;
        }
    }

    private async Task<string?> ChangeCollationAsync(ServerSession session, SchemaObject item, CancellationToken cancellationToken)
    {
        if (!await TakesCollationAsync(session, item, ObjectOption.DatabaseCollation, cancellationToken)
            || !item.Options.TryGetValue(ObjectOption.DatabaseCollation, out string? wanted)
            || await session.ScalarAsync("SELECT @@collation_database", cancellationToken) is not { } usual || usual == wanted)
        {
            return null;
        }

        await session.ExecuteAsync($"ALTER DATABASE COLLATE {wanted}", cancellationToken);
        return $"ALTER DATABASE COLLATE {usual}";
    }

    private async Task<bool> TakesCollationAsync(ServerSession session, SchemaObject item, string option, CancellationToken cancellationToken) =>
        !item.Options.TryGetValue(option, out string? name) || await collations.TakesAsync(session, name, cancellationToken);

    private async Task RunAsync(ServerSession session, SchemaObject item, string statement, CancellationToken cancellationToken, string? description = null)
    {
        try
        {
            await session.ExecuteAsync(statement, cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException answer)
        {
            string what = description ?? ObjectStatement.Describe(item);
            if (failure.ErrorCode == Errors.PermissionDenied.Code)
            {
                throw Errors.PermissionDenied.CreateFrom(answer, target, $"the {what} could not be created: {ReasonOf(answer)}");
            }

            if (failure.ErrorCode == Errors.ServerRefused.Code && answer.ErrorCode != MySqlErrorCode.OutOfMemory)
            {
                throw Errors.ObjectNotCreated.CreateFrom(answer, target, what, ReasonOf(answer));
            }

            throw;
        }
    }

    private static string ReasonOf(MySqlException answer) => answer.Number switch
    {
        ServerError.RoutineUnsafe or ServerError.RoutineNeedsSuper =>
            $"{answer.Message.TrimEnd('.')}: set log_bin_trust_function_creators = 1 at the server, or restore as a user who has SUPER",
        ServerError.SpecificAccessDenied => $"{answer.Message.TrimEnd('.')}: grant it, or restore with -NoOwner, which makes it the restoring user's own",
        _ => answer.Message.TrimEnd('.'),
    };
}
