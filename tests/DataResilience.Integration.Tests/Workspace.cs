using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Operations;
using DataResilience.MySql;
using DataResilience.PostgreSql;
using DataResilience.Providers;
using DataResilience.Sqlite;
using DataResilience.Testing;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Integration.Tests;

/// <summary>A directory of its own with a repository, a key file and the operations as a user has them.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    internal Workspace(Func<IDatabaseProvider, IDatabaseProvider>? provider = null) => Operations = OperationsWith(provider: provider);

    /// <summary>As most tests want them.</summary>
    internal IOperations Operations { get; }

    internal RecordingReporter Reporter { get; } = new();

    internal string RepositoryPath => PathOf("repository");

    /// <summary>Variables that a process started on it has.</summary>
    internal Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    internal string KeyFile => PathOf("owner.key");

    internal RepositoryReference Repository { get; private set; } = new("");

    internal string PathOf(string name) => Path.Combine(directory.Path, name);

    internal DatabaseEndpoint Sqlite(string name) => new() { Engine = DatabaseEngine.Sqlite, Database = PathOf(name) };

    /// <summary>Operations on the same files with something in them replaced.</summary>
    internal IOperations OperationsWith(
        Func<EngineServices, EngineServices>? services = null, Func<IDatabaseProvider, IDatabaseProvider>? provider = null)
    {
        IDatabaseProvider[] providers = [new SqliteProvider(), new PostgreSqlProvider(), new MySqlProvider()];
        var ordinary = new EngineServices
        {
            DatabaseProviders = provider is null ? providers : [.. providers.Select(provider)],
            StoreProviders = [new LocalObjectStoreProvider()],
            Environment = name => name == "DATARESILIENCE_STATE" ? PathOf("state") : null,
        };
        return EngineOperations.Create(services is null ? ordinary : services(ordinary));
    }

    internal Task<TResult> RunAsync<TResult>(IOperationRequest<TResult> request) =>
        Operations.RunAsync(request, Reporter, TestContext.Current.CancellationToken);

    internal async Task<BackupRepository> NewRepositoryAsync()
    {
        // With a reporter of its own: its warning to keep the key file safe is not what a test looks for.
        BackupRepository made = await Operations.RunAsync(
            new NewBackupRepositoryRequest { Repository = new RepositoryReference(RepositoryPath), KeyFile = KeyFile },
            new RecordingReporter(),
            TestContext.Current.CancellationToken);
        Repository = RepositoryReference.To(made);
        return made;
    }

    internal Task<Backup> BackupAsync(string name) => BackupAsync(Sqlite(name));

    internal Task<Backup> BackupAsync(DatabaseEndpoint source) => RunAsync(new BackupDatabaseRequest { Repository = Repository, Source = source });

    internal Task<RestoreResult> RestoreAsync(Backup backup, string name) => RestoreAsync(backup, Sqlite(name));

    internal Task<RestoreResult> RestoreAsync(Backup backup, DatabaseEndpoint target) =>
        RunAsync(new RestoreDatabaseRequest { Repository = Repository, Backup = new BackupReference(backup.BackupId), Target = target });

    public void Dispose() => directory.Dispose();
}
