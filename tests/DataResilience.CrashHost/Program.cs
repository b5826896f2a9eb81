using System.Diagnostics;
using System.Globalization;
using DataResilience;
using DataResilience.CrashHost;
using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Operations;
using DataResilience.Sqlite;
using DataResilience.Testing;
using DataResilience.Testing.FileLayers;

// Backs a database up and verifies the backup, and kills itself before the n-th step that changes a file of the repository:
//
//     DataResilience.CrashHost REPOSITORY KEY-FILE STATE DATABASE N
//
// The last line that it prints is the step it died at, as "step of phase". With 0 for N it prints every step and ends.
if (args is not [var repository, var keyFile, var state, var database, var number])
{
    Console.Error.WriteLine("usage: DataResilience.CrashHost REPOSITORY KEY-FILE STATE DATABASE N");
    return 2;
}

int crashAt = int.Parse(number, CultureInfo.InvariantCulture);
var steps = new InterceptedFileLayer(new PhysicalFileLayer(), (operation, _) => crashAt > 0 || Print(operation));
CrashingFileLayer files = null!;
files = new CrashingFileLayer(steps, crashAt, () => Die(files.CrashedAt!.Value));
IOperations operations = EngineOperations.Create(new EngineServices
{
    DatabaseProviders = [new SqliteProvider()],
    StoreProviders = [new FileLayerStoreProvider(files, store => new CurrentObject(store))],
    Environment = name => name == "DATARESILIENCE_STATE" ? state : null,
});
var reporter = new RecordingReporter();
Backup backup = await operations.RunAsync(
    new BackupDatabaseRequest
    {
        Repository = new RepositoryReference(repository),
        KeyFile = keyFile,
        Source = new DatabaseEndpoint { Engine = DatabaseEngine.Sqlite, Database = database },
    },
    reporter,
    CancellationToken.None);
Console.WriteLine($"stored {backup.BackupId}");
await operations.RunAsync(
    new TestBackupIntegrityRequest { Repository = RepositoryReference.To(backup.Repository), Backup = new BackupReference(backup.BackupId) },
    reporter,
    CancellationToken.None);
return 0;

static bool Print(FileOperation operation)
{
    if (operation is not (FileOperation.Open or FileOperation.Read or FileOperation.List))
    {
        Console.WriteLine($"{operation} of {CurrentObject.Phase}");
    }

    return true;
}

// SIGKILL, or TerminateProcess: no handler, no finally, no flush. Should the process outlive it by a moment, no step succeeds.
static void Die(FileOperation operation)
{
    Console.WriteLine($"{operation} of {CurrentObject.Phase}");
    Console.Out.Flush();
    using var current = Process.GetCurrentProcess();
    current.Kill();
}
