using System.Diagnostics;
using System.Globalization;
using DataResilience;
using DataResilience.CrashHost;
using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Operations;
using DataResilience.Sqlite;
using DataResilience.Testing;
using DataResilience.Testing.FileLayers;
using DataResilience.Testing.ObjectStores;

// Backs a database up and verifies the backup, and kills itself before a step that changes a file of the repository:
//
//     DataResilience.CrashHost REPOSITORY KEY-FILE STATE DATABASE SORT N
//
// The step is the n-th of its sort, "operation of phase". It is the last line that is printed. With 0 for N every step is printed.
if (args is not [var repository, var keyFile, var state, var database, var sort, var number])
{
    Console.Error.WriteLine("usage: DataResilience.CrashHost REPOSITORY KEY-FILE STATE DATABASE SORT N");
    return 2;
}

int crashAt = int.Parse(number, CultureInfo.InvariantCulture);
int met = 0;
var gate = new Lock();
var files = new InterceptedFileLayer(new PhysicalFileLayer(), (operation, path) => Admit(operation, path));
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

bool Admit(FileOperation operation, string path)
{
    lock (gate)
    {
        if (operation is FileOperation.Open or FileOperation.Read or FileOperation.List)
        {
            return IsAlive(path);
        }

        string step = $"{operation} of {CurrentObject.Phase}";
        met += IsAlive(path) && step == sort ? 1 : 0;
        if (crashAt == 0 || (step == sort && met == crashAt))
        {
            Console.WriteLine(step);
        }

        if (crashAt > 0 && met == crashAt)
        {
            Die();
        }

        return IsAlive(path);
    }
}

// Should the process outlive its kill by a moment, no step succeeds.
bool IsAlive(string path) => crashAt == 0 || met < crashAt ? true : throw new SimulatedCrashException(path);

// SIGKILL, or TerminateProcess: no handler, no finally, no flush.
static void Die()
{
    Console.Out.Flush();
    using var current = Process.GetCurrentProcess();
    current.Kill();
}
