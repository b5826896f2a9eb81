using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>
/// Puts the tables of a database beside the target into the target, in place of what is there: one RENAME TABLE moves the old ones
/// out and the new ones in, which is atomic. Around it stands what cannot be renamed: triggers, views, routines and events are
/// dropped before and created after. Whatever fails, everything is put back.
/// </summary>
internal sealed class Replacement(RestoreSetting setting, RestoreOwner owner, RestorePlace place, ObjectCreator creator, GivenGrants grants)
{
    // To put things back is worth a wait that the user did not allow for the change.
    private static readonly TimeSpan UndoLimit = TimeSpan.FromSeconds(60);

    private readonly ServerAddress target = setting.Target;
    private readonly TargetOptions options = setting.Options;
    private readonly TableChoice choice = new(setting.Options);
    private readonly UndoList undo = new();

    private string Database => target.Database;

    /// <summary>Does it.</summary>
    /// <param name="late">What is created once the tables are in.</param>
    /// <param name="cancellationToken">Ends it before the first change.</param>
    /// <returns>What the user should know.</returns>
    internal async Task<IReadOnlyList<string>> CommitAsync(IReadOnlyList<SchemaObject> late, CancellationToken cancellationToken)
    {
        await using ServerSession session = await RestoreSession.OpenAsync(target, setting.Failures, options.LockTimeout, cancellationToken);
        ReplacedObjects present = await ReplacedObjects.ReadAsync(session, setting, choice, cancellationToken);
        await using RestorePlace replaced = await RestorePlace.CreateAsync(
            owner.Session, target, RestorePlace.NewName(RestorePlace.ReplacedPrefix, setting.Random), "", RestoreMarker.Replacing, setting.Failures, setting.Time,
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await ExchangeAsync(session, present, replaced.Name, late);
        }
        catch (Exception failure) when (failure is DataResilienceException or MySqlException or InvalidOperationException)
        {
            await UndoAsync(failure, replaced);
            throw;
        }

        await RestoreMarker.SetAsync(owner.Session, replaced.Name, Database, RestoreMarker.Replaced, setting.Time, CancellationToken.None);
        IEnumerable<string?> left = [await RemoveAsync(replaced), await RemoveAsync(place)];
        return [.. left.OfType<string>(), .. creator.Warnings];
    }

    private async Task UndoAsync(Exception failure, RestorePlace replaced)
    {
        if (await undo.RunAsync() is { } left)
        {
            replaced.Leave();
            throw Errors.TargetHalfReplaced.CreateFrom(failure, target, replaced.Name, $"{failure.Message.TrimEnd('.')}; and to undo it failed: {left}");
        }
    }

    private async Task ExchangeAsync(ServerSession session, ReplacedObjects present, string replaced, IReadOnlyList<SchemaObject> late)
    {
        foreach (SchemaObject item in present.Dropped)
        {
            // Before it is done: what was cut off may have been done all the same.
            undo.Add(ObjectStatement.Describe(item), () => RecreateAsync(item));
            await DropAsync(session, item);
        }

        foreach (string trigger in await TriggersAsync(session, place.Name))
        {
            await RunAsync(session, $"DROP TRIGGER {SqlText.Name(place.Name, trigger)}");
        }

        await RenameAsync(session, present, replaced);
        await SettleAsync(session, present, replaced);
        foreach (SchemaObject item in late)
        {
            await CreateAsync(session, item, present);
        }
    }

    private async Task RenameAsync(ServerSession session, ReplacedObjects present, string replaced)
    {
        (string From, string To)[] moves =
        [
            .. present.Tables.Select(table => (SqlText.Name(Database, table), SqlText.Name(replaced, table))),
            .. choice.Made.Select(table => (SqlText.Name(place.Name, table), SqlText.Name(Database, table))),
        ];
        if (moves.Length == 0)
        {
            return;
        }

        undo.Add("the tables", () => WithSessionAsync(other => RenameBackAsync(other, moves)));
        await RunAsync(session, "RENAME TABLE " + string.Join(", ", moves.Select(move => $"{move.From} TO {move.To}")));
    }

    /// <summary>The statement does all or nothing, so one table tells whether it was done, the last one, whose name nothing takes; a connection that was cut does not tell.</summary>
    private static async Task RenameBackAsync(ServerSession session, (string From, string To)[] moves)
    {
        IReadOnlyList<string> missing = await session.QueryAsync(
            $"CHECK TABLE {moves[^1].From} QUICK", row => row.GetString(3), CancellationToken.None);
        if (missing.Any(text => text.Contains("doesn't exist", StringComparison.Ordinal)))
        {
            string back = string.Join(", ", moves.Reverse().Select(move => $"{move.To} TO {move.From}"));
            await session.ExecuteAsync($"RENAME TABLE {back}", CancellationToken.None);
        }
    }

    /// <summary>Whatever names a table by its database still names the one that it was in.</summary>
    private async Task SettleAsync(ServerSession session, ReplacedObjects present, string replaced)
    {
        if (!options.IsPartial && present.Definition.Length > 0)
        {
            await RunAsync(session, $"ALTER DATABASE {SqlText.Name(Database)} {new SourceDatabase(options.Properties).Definition(session.Version)}");
            undo.Add("the default collation", () => WithSessionAsync(
                other => other.ExecuteAsync($"ALTER DATABASE {SqlText.Name(Database)} {present.Definition}", CancellationToken.None)));
        }

        foreach (string statement in await SequenceDefaults.StatementsAsync(session, Database, place.Name, CancellationToken.None))
        {
            await RunAsync(session, statement);
        }

        foreach (ForeignKey key in (await ForeignKey.ToAsync(session, replaced, CancellationToken.None)).Where(key => key.Database != replaced))
        {
            await RunAsync(session, key.Drop);
            undo.Add($"the foreign key '{key.Name}' of {key.Table}", () => WithSessionAsync(other => other.ExecuteAsync(key.Add(replaced), CancellationToken.None)));
            await RunAsync(session, key.Add(Database));
            undo.Add($"the foreign key '{key.Name}' of {key.Table}", () => WithSessionAsync(other => other.ExecuteAsync(key.Drop, CancellationToken.None)));
            if (await DatabaseCheck.OrphansAsync(session, key with { ParentDatabase = Database }, CancellationToken.None) is { } orphans)
            {
                creator.Warn(orphans);
            }
        }
    }

    /// <summary>What comes along only because something needs it, and is there, stays as its owner wants it.</summary>
    private async Task CreateAsync(ServerSession session, SchemaObject item, ReplacedObjects present)
    {
        if (item.Kind == ObjectKind.ForeignKey)
        {
            await ReferAsync(session, item);
            return;
        }

        if (item.Kind != ObjectKind.Grant)
        {
            if (present.Keeps(item))
            {
                return;
            }

            undo.Add(ObjectStatement.Describe(item), () => WithSessionAsync(other => DropAsync(other, item)));
        }

        await creator.CreateAsync(session, item, isOurs: !options.IsPartial, CancellationToken.None);
    }

    /// <summary>A key to a table that was not restored: whether it holds is known only here.</summary>
    private async Task ReferAsync(ServerSession session, SchemaObject item)
    {
        if (!await creator.TryAlterAsync(session, item, CancellationToken.None))
        {
            return;
        }

        IReadOnlyList<ForeignKey> keys = await ForeignKey.OfAsync(session, Database, CancellationToken.None);
        foreach (ForeignKey key in keys.Where(key => key.Table == item.Table && key.Name == item.Name))
        {
            if (await DatabaseCheck.OrphansAsync(session, key, CancellationToken.None) is { } orphans)
            {
                creator.Warn(orphans);
            }
        }
    }

    /// <summary>What was not dropped, since it was waited for in vain, is left alone.</summary>
    private Task RecreateAsync(SchemaObject item) => WithSessionAsync(async session =>
    {
        if (await session.ScalarAsync(ObjectStatement.Find(item), CancellationToken.None, Database, item.Name) is not null)
        {
            return;
        }

        await new ObjectCreator(options with { NoOwner = false }, target, grants).CreateAsync(session, item, isOurs: !options.IsPartial, CancellationToken.None);
    });

    /// <summary>Undoes on a session of its own: the one that failed may be gone.</summary>
    private async Task WithSessionAsync(Func<ServerSession, Task> work)
    {
        TimeSpan wait = options.LockTimeout > UndoLimit || options.LockTimeout == Timeout.InfiniteTimeSpan ? options.LockTimeout : UndoLimit;
        await using ServerSession session = await RestoreSession.OpenAsync(target, setting.Failures, wait, CancellationToken.None);
        await work(session);
    }

    /// <summary>A table in use is waited for, for as long as was allowed.</summary>
    private async Task RunAsync(ServerSession session, string statement)
    {
        try
        {
            await session.ExecuteAsync(statement, CancellationToken.None);
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.LockWaitTimeout })
        {
            throw await TableHolder.ExplainAsync(session, setting, failure.InnerException);
        }
    }

    private async Task DropAsync(ServerSession session, SchemaObject item)
    {
        foreach (string statement in ObjectStatement.Drop(item, session.Version))
        {
            await RunAsync(session, statement);
        }
    }

    private static Task<IReadOnlyList<string>> TriggersAsync(ServerSession session, string database) => session.QueryAsync(
        "SELECT CAST(trigger_name AS CHAR) FROM information_schema.triggers WHERE trigger_schema = ?", row => row.GetString(0), CancellationToken.None, database);

    private async Task<string?> RemoveAsync(RestorePlace remains) =>
        await remains.TryRemoveAsync(CancellationToken.None) is { } reason
            ? Left(remains, reason)
            : null;

    private string Left(RestorePlace remains, string reason)
    {
        remains.Leave();
        return $"the database '{remains.Name}', which is not needed any more, is still there and takes space, since it could not be dropped: {reason}; "
            + $"drop it, or the next restore to '{Database}' does";
    }
}
