using DataResilience.Providers;
using DataResilience.Sqlite;
using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.BadInput;

/// <summary>What can be wrong with a source, a choice, a backup that is named, or a target.</summary>
internal static class DatabaseCases
{
    internal static IReadOnlyDictionary<string, BadInputCase> All { get; } = new Dictionary<string, BadInputCase>(StringComparer.Ordinal)
    {
        ["no source was given"] = new(
            Errors.SourceRequired, "source", scene => scene.BackUpAsync(request => request with { Source = null })),
        ["a source that is not there"] = new(
            Errors.SourceNotFound, "nowhere.db", scene => scene.BackUpAsync(request => request with { Source = scene.Workspace.Sqlite("nowhere.db") })),
        ["a source that is a directory"] = new(
            Errors.SourceUnreadable, "repository", scene => scene.BackUpAsync(request => request with { Source = scene.Workspace.Sqlite("repository") })),
        ["a source that is no database"] = new(
            Errors.NotADatabase, "letter.txt", scene => scene.BackUpAsync(request => request with { Source = scene.Workspace.Sqlite("letter.txt") }))
        {
            Arrange = scene => File.WriteAllTextAsync(
                scene.Workspace.PathOf("letter.txt"), string.Concat(Enumerable.Repeat("Dear reader, ", 100)), TestContext.Current.CancellationToken),
        },
        ["a source that stays locked"] = new(Errors.DatabaseLocked, "source.db", scene => WhileLockedAsync(scene, "source.db", () => scene.BackUpAsync())),
        ["an engine that this build has not"] = new(
            Errors.EngineUnsupported,
            "mariadb://",
            scene => scene.BackUpAsync(
                request => request with { Source = DatabaseEndpoint.Parse("mariadb://host/shop") },
                scene.With(services => services with { DatabaseProviders = [new SqliteProvider()] }))),
        ["a target of another engine"] = new(
            Errors.EngineMismatch, "postgresql://host/shop", scene => scene.RestoreAsync(request => request with { Target = DatabaseEndpoint.Parse("postgresql://host/shop") })),
        ["a lock mode for an engine that needs none"] = new(
            Errors.ArgumentInvalid, "LockMode", scene => scene.BackUpAsync(request => request with { LockMode = LockMode.GlobalReadLock })),
        ["a table that matches nothing"] = new(
            Errors.NothingMatched, "missing*", scene => scene.BackUpAsync(request => request with { Table = ["t", "missing*"] })),
        ["too many workers"] = new(
            Errors.ArgumentInvalid, "ThrottleLimit", scene => scene.BackUpAsync(request => request with { ThrottleLimit = 65 })),
        ["a second backup of one database at once"] = new(Errors.BackupInProgress, "source.db", BackUpTwiceAsync)
        {
            // The first one, held open, goes on to its end; it is what is found in the repository afterwards.
            MayCome = ["backups/", "copies/backups/", "packs/", "index/", "locks/"],
        },
        ["a backup that is not there"] = new(
            Errors.BackupNotFound, "20200101", scene => scene.RestoreAsync(request => request with { Backup = new BackupReference("20200101") })),
        ["latest of two databases"] = new(
            Errors.AmbiguousBackup, "other.db", scene => scene.RestoreAsync(request => request with { Backup = new BackupReference(BackupReference.Latest) }))
        {
            Arrange = scene => scene.Workspace.BackupAsync("other.db"),
        },
        ["latest of a database that was never backed up"] = new(
            Errors.NothingMatched, "warehouse", scene => scene.RestoreAsync(request => request with { Backup = new BackupReference(BackupReference.Latest), Database = "warehouse" })),
        ["the beginning of two backup ids"] = new(
            Errors.AmbiguousBackup, "'20'", scene => scene.RestoreAsync(request => request with { Backup = new BackupReference("20") }))
        {
            Arrange = scene => scene.Workspace.BackupAsync("other.db"),
        },
        ["a table that the backup has not"] = new(
            Errors.TableNotInBackup, "missing", scene => scene.RestoreAsync(request => request with { Table = ["missing"] })),
        ["schema alone and rows alone"] = new(
            Errors.ArgumentInvalid, "SchemaOnly", scene => scene.RestoreAsync(request => request with { SchemaOnly = true, DataOnly = true })),
        ["no target was given"] = new(
            Errors.TargetRequired, "-sqlite-source-", scene => scene.RestoreAsync(request => request with { Target = null })),
        ["a target in a directory that is not there"] = new(
            Errors.TargetNotFound, "nowhere", scene => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("nowhere/copy.db") })),
        ["a target that is there"] = new(
            Errors.TargetExists, "target.db", scene => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("target.db") })),
        ["a target that is a directory"] = new(
            Errors.TargetUnwritable, "repository", scene => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("repository") })),
        ["a target whose disk is full"] = new(
            Errors.TargetFull, "copy.db", scene => scene.RestoreAsync(operations: WithSmallDisk(scene))),
        ["a target to replace whose disk is full"] = new(
            Errors.TargetFull,
            "target.db",
            scene => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("target.db"), Replace = true }, WithSmallDisk(scene))),
        ["a target to replace that is no database"] = new(
            Errors.NotADatabase, "owner.key", scene => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("owner.key"), Replace = true })),
        ["a target to replace that is in use"] = new(
            Errors.TargetInUse,
            "target.db",
            scene => WhileLockedAsync(
                scene, "target.db", () => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("target.db"), Replace = true }))),
        ["a target for one table that stays locked"] = new(
            Errors.DatabaseLocked,
            "target.db",
            scene => WhileLockedAsync(
                scene, "target.db", () => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("target.db"), Table = ["t"] }))),
        ["a target that has the table"] = new(
            Errors.TargetTableExists, "'t'", scene => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("source.db"), Table = ["t"] })),
        ["a target for rows alone that has not the table"] = new(
            Errors.TargetTableMissing, "'t'", scene => scene.RestoreAsync(request => request with { Target = scene.Workspace.Sqlite("target.db"), Table = ["t"], DataOnly = true })),
        ["a target for rows alone that is not there"] = new(
            Errors.TargetTableMissing, "copy.db", scene => scene.RestoreAsync(request => request with { DataOnly = true })),
        ["a drill without a target"] = new(
            Errors.TargetRequired, "-sqlite-source-", scene => DrillAsync(scene, null)),
        ["a drill at a target that is there"] = new(
            Errors.TargetExists, "target.db", scene => DrillAsync(scene, scene.Workspace.Sqlite("target.db"))),
        ["the last backup of a database removed"] = new(
            Errors.LastBackup, "-sqlite-source-", scene => scene.RunAsync(new RemoveDatabaseBackupRequest { Repository = scene.Repository, Backup = new BackupReference(scene.Backup.BackupId) })),
    };

    private static Task<IReadOnlyList<BackupIntegrity>> DrillAsync(BadInputScene scene, DatabaseEndpoint? target) => scene.RunAsync(new TestBackupIntegrityRequest
    {
        Repository = scene.Repository,
        Backup = new BackupReference(scene.Backup.BackupId),
        Level = IntegrityLevel.Restore,
        Target = target,
    });

    private static IOperations WithSmallDisk(BadInputScene scene) => scene.With(services => services with
    {
        DatabaseProviders = [new SqliteProvider { MaxTargetPages = 2 }],
    });

    /// <summary>The lock is taken here and not before: looking at a file's bytes would drop every lock this process holds on it.</summary>
    private static async Task WhileLockedAsync(BadInputScene scene, string database, Func<Task> work)
    {
        using SqliteConnection connection = scene.Workspace.OpenDatabase(database);
        connection.Execute("BEGIN EXCLUSIVE");
        await work();
    }

    private static async Task BackUpTwiceAsync(BadInputScene scene)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IDatabaseProvider held = new WatchedSourceProvider(new SqliteProvider(), _ =>
        {
            reached.TrySetResult();
            return gate.Task;
        });
        Task first = scene.BackUpAsync(operations: scene.With(services => services with { DatabaseProviders = [held] }));
        await await Task.WhenAny(reached.Task, first);
        try
        {
            await scene.BackUpAsync();
        }
        finally
        {
            gate.SetResult();
            await first;
        }
    }
}
