using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;
using DataResilience.Testing;
using DataResilience.Testing.Databases;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>A process that uses the repository of a simulated world with a key file; it opens the key anew for each operation.</summary>
internal sealed class SimulatedProcess
{
    private readonly IOperations operations;

    internal SimulatedProcess(
        IObjectStoreProvider store, MemoryDatabaseProvider databases, IProcessTable processes, IRandomSource random, string state, string keyFile)
    {
        Databases = databases;
        KeyFile = keyFile;
        operations = EngineOperations.Create(new EngineServices
        {
            DatabaseProviders = [databases],
            StoreProviders = [store],
            Processes = processes,
            Random = random,
            Environment = name => name == "DATARESILIENCE_STATE" ? state : null,
        });
    }

    internal RecordingReporter Reporter { get; } = new();

    internal MemoryDatabaseProvider Databases { get; }

    /// <summary>The key that the process uses.</summary>
    internal string KeyFile { get; }

    internal static RepositoryReference Repository => new(SimulatedWorld.Location);

    internal Task<TResult> RunAsync<TResult>(IOperationRequest<TResult> request, CancellationToken? cancellationToken = null) =>
        operations.RunAsync(request, Reporter, cancellationToken ?? TestContext.Current.CancellationToken);

    internal Task<BackupRepository> NewRepositoryAsync() =>
        RunAsync(new NewBackupRepositoryRequest { Repository = Repository, KeyFile = KeyFile });

    internal Task<Backup> BackupAsync(string database, CancellationToken? cancellationToken = null) =>
        RunAsync(
            new BackupDatabaseRequest { Repository = Repository, KeyFile = KeyFile, Source = MemoryDatabaseProvider.Endpoint(database) },
            cancellationToken);

    /// <summary>Lists the backups; none is an empty list here.</summary>
    internal async Task<IReadOnlyList<Backup>> ListAsync()
    {
        try
        {
            return await RunAsync(new GetDatabaseBackupRequest { Repository = Repository, KeyFile = KeyFile });
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == "NothingMatched")
        {
            return [];
        }
    }

    /// <summary>Restores a backup beside the databases there are.</summary>
    internal async Task<MemoryDatabase> RestoreAsync(string backupId)
    {
        const string Target = "restored";
        await RunAsync(new RestoreDatabaseRequest
        {
            Repository = Repository,
            KeyFile = KeyFile,
            Backup = new BackupReference(backupId),
            Target = MemoryDatabaseProvider.Endpoint(Target),
            Replace = true,
        });
        return Databases[Target];
    }

    internal Task<IReadOnlyList<BackupIntegrity>> VerifyAsync(IntegrityLevel level = IntegrityLevel.Checksum) =>
        RunAsync(new TestBackupIntegrityRequest { Repository = Repository, KeyFile = KeyFile, Level = level });
}
