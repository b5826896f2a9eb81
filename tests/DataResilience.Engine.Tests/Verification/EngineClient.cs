using DataResilience.Engine.Operations;
using DataResilience.Providers;
using DataResilience.Testing;
using DataResilience.Testing.Databases;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>What one user has: the operations over one store, with or without a memory of what was seen before.</summary>
internal sealed class EngineClient
{
    private readonly IOperations operations;

    /// <param name="store">Where the repository is.</param>
    /// <param name="databases">Sources and targets.</param>
    /// <param name="memory">A directory for what the client remembers; null for a client that remembers nothing.</param>
    internal EngineClient(IObjectStore store, MemoryDatabaseProvider databases, string? memory = null)
    {
        Store = store;
        Databases = databases;
        operations = EngineOperations.Create(new EngineServices
        {
            DatabaseProviders = [databases],
            StoreProviders = [new MemoryStoreProvider(store)],
            Environment = name => name == "DATARESILIENCE_STATE" ? memory : null,
        });
    }

    internal IObjectStore Store { get; }

    internal MemoryDatabaseProvider Databases { get; }

    internal RecordingReporter Reporter { get; } = new();

    internal Task<TResult> RunAsync<TResult>(IOperationRequest<TResult> request) =>
        operations.RunAsync(request, Reporter, TestContext.Current.CancellationToken);

    /// <summary>Opens the repository with a key file; the reference carries the opened key.</summary>
    internal async Task<RepositoryReference> OpenAsync(string keyFile) =>
        RepositoryReference.To(await RunAsync(new GetBackupRepositoryRequest { Repository = new RepositoryReference(Store.Location), KeyFile = keyFile }));

    internal Task<DataResilience.Backup> BackupAsync(RepositoryReference key, string database) =>
        RunAsync(new BackupDatabaseRequest { Repository = key, Source = MemoryDatabaseProvider.Endpoint(database) });

    internal Task<IReadOnlyList<BackupIntegrity>> VerifyAsync(
        RepositoryReference key, IntegrityLevel level = IntegrityLevel.Checksum, string? backupId = null) =>
        RunAsync(new TestBackupIntegrityRequest
        {
            Repository = key,
            Level = level,
            Backup = backupId is null ? null : new BackupReference(backupId),
            ThrottleLimit = 2,
        });

    /// <summary>Restores to a new database of this name: everything, or the tables that are named.</summary>
    internal async Task<MemoryDatabase> RestoreAsync(RepositoryReference key, string backupId, string target, params IReadOnlyList<string> tables)
    {
        await RunAsync(new RestoreDatabaseRequest
        {
            Repository = key,
            Backup = new BackupReference(backupId),
            Target = MemoryDatabaseProvider.Endpoint(target),
            Table = tables,
        });
        return Databases[target];
    }

    internal Task<IReadOnlyList<DataResilience.Backup>> ListAsync(RepositoryReference key) => RunAsync(new GetDatabaseBackupRequest { Repository = key });

    internal static EngineClient Over(InMemoryObjectStore store) => new(store, new MemoryDatabaseProvider());
}
