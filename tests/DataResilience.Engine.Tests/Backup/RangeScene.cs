using DataResilience.Engine.Keys;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Tests.Keys;
using DataResilience.Engine.Tests.Repository;
using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing;
using DataResilience.Testing.Databases;
using DataResilience.Testing.FileLayers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Backup;

/// <summary>A database in memory whose tables have many ranges, and a repository for it.</summary>
internal sealed class RangeScene : IDisposable
{
    internal const string Source = "source";

    private readonly TemporaryDirectory directory = new();
    private readonly InMemoryObjectStore store = new();
    private readonly IOperations operations;
    private RepositoryReference repository = new("memory:");

    private RangeScene() => operations = EngineOperations.Create(new EngineServices
    {
        DatabaseProviders = [Databases],
        StoreProviders = [new MemoryStoreProvider(store)],
        Environment = _ => null,
    });

    internal MemoryDatabaseProvider Databases { get; } = new();

    internal RecordingReporter Reporter { get; } = new();

    /// <summary>The warnings about objects that are left out.</summary>
    internal IEnumerable<string> LeftOut => Reporter.Warnings.Where(warning => warning.Contains("is left out", StringComparison.Ordinal));

    internal InMemoryObjectStore Store => store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(directory.Path, "owner.key");

    internal static async Task<RangeScene> OpenAsync(MemoryDatabase source, int rowsInRange, int readers = 2, int loaders = 2)
    {
        var scene = new RangeScene();
        scene.Databases[Source] = source;
        scene.Databases.RowsInRange = rowsInRange;
        scene.Databases.Readers = readers;
        scene.Databases.Loaders = loaders;
        scene.repository = RepositoryReference.To(await scene.operations.RunAsync(
            new NewBackupRepositoryRequest { Repository = scene.repository, KeyFile = scene.KeyFile }, scene.Reporter, Token));
        return scene;
    }

    /// <param name="workers">How many.</param>
    /// <param name="cancellationToken">Ends it; by default with the test.</param>
    internal Task<DataResilience.Backup> BackUpAsync(int workers = 2, CancellationToken? cancellationToken = null) => operations.RunAsync(
        new BackupDatabaseRequest { Repository = repository, Source = MemoryDatabaseProvider.Endpoint(Source), ThrottleLimit = workers },
        Reporter,
        cancellationToken ?? Token);

    internal Task<RestoreResult> RestoreAsync(RestoreDatabaseRequest request, CancellationToken? cancellationToken = null) =>
        operations.RunAsync(request with { Repository = repository }, Reporter, cancellationToken ?? Token);

    internal Task<RestoreResult> RestoreAsync(DataResilience.Backup backup, string target, int workers = 2) => RestoreAsync(new RestoreDatabaseRequest
    {
        Backup = new BackupReference(backup.BackupId),
        Target = MemoryDatabaseProvider.Endpoint(target),
        ThrottleLimit = workers,
    });

    internal async Task<BackupContents> ReadAsync(DataResilience.Backup backup)
    {
        using var file = Engine.Keys.KeyFile.Read(KeyFile);
        using SlotCredential credential = SlotCredential.OfKeyFile(file.Secret);
        RepositoryKeys keys = (await new KeyOpener(new FastDerivation()).OpenAsync(store, credential, Token)).Keys;
        return await BackupContents.OpenAsync(OpenedRepositories.Of(store, keys), backup.BackupId, Token);
    }

    /// <summary>What a backup says of its tables: chunk lists, digests and descriptions by their ids, which are hashes.</summary>
    internal async Task<string[]> TablesOfAsync(DataResilience.Backup backup) =>
    [
        .. (await ReadAsync(backup)).Manifest.Tables.Select(table =>
            $"{table.Name} {table.Rows} {table.Bytes} {table.Chunks} {string.Join(',', table.Lists)} {string.Join(',', table.Digests)} {string.Join(',', table.Description)}"),
    ];

    /// <summary>Parts of a table are loaded in any order, so rows are compared as sets.</summary>
    internal void AssertEqual(string target)
    {
        Assert.Equal(Databases[Source].Tables.Keys, Databases[target].Tables.Keys);
        foreach ((string table, IReadOnlyList<string> rows) in Databases[Source].Tables)
        {
            Assert.Equal(rows.Order(StringComparer.Ordinal), Databases[target].Tables[table].Order(StringComparer.Ordinal));
        }
    }

    public void Dispose() => directory.Dispose();
}
