using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Operations;
using DataResilience.Sqlite;
using DataResilience.Testing;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>
/// Real files: a large database, and a repository with the backup of a small one. Each killed run works on a copy of that
/// repository, and what comes after the kill works on the same copy.
/// </summary>
internal sealed class KillSite : IDisposable
{
    private const int Megabytes = 48;

    private readonly TemporaryDirectory directory = new();
    private readonly RecordingReporter reporter = new();
    private readonly string largeHash;
    private readonly string smallHash;
    private readonly int seed;
    private int processes;
    private IOperations operations;
    private string current;

    /// <param name="seed">Decides the databases, the keys and so where chunks are cut; what the killed processes draw is their own.</param>
    internal KillSite(int seed)
    {
        this.seed = seed;
        current = "base";
        operations = Operations();
        SampleDatabase.Make(Large, Megabytes, seed);
        SampleDatabase.Make(Small, megabytes: 1, seed + 1);
        largeHash = SampleDatabase.HashOf(Large);
        smallHash = SampleDatabase.HashOf(Small);
    }

    /// <summary>The backup that was there before every kill.</summary>
    internal string Older { get; private set; } = "";

    private string Large => Path.Combine(directory.Path, "large.db");

    private string Small => Path.Combine(directory.Path, "small.db");

    private string KeyFile => Path.Combine(directory.Path, "owner.key");

    private string Repository => Path.Combine(directory.Path, current, "repository");

    private string State => Path.Combine(directory.Path, current, "state");

    internal async Task FoundAsync()
    {
        await RunAsync(new NewBackupRepositoryRequest { Repository = new RepositoryReference(Repository), KeyFile = KeyFile });
        Older = (await BackupAsync(Small)).BackupId;
    }

    /// <summary>Goes to a new copy of the first repository; the one before is deleted.</summary>
    internal void Renew()
    {
        Leave();
        string source = Path.Combine(directory.Path, "base");
        current = "run";
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(directory.Path, current, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        operations = Operations();
    }

    /// <summary>Runs a process that comes to its end.</summary>
    internal Task<CrashHostProcess> RunProcessAsync() => RunProcessAsync("", 0);

    /// <summary>Runs a process that is killed before the n-th step of a sort.</summary>
    internal Task<CrashHostProcess> RunProcessAsync(string sort, int crashAt) => CrashHostProcess.RunAsync(Repository, KeyFile, State, Large, sort, crashAt);

    internal long PackBytes() =>
        new DirectoryInfo(Path.Combine(Repository, "packs")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    internal Task<Backup> BackupLargeAsync() => BackupAsync(Large);

    internal Task<IReadOnlyList<Backup>> ListAsync() => RunAsync(new GetDatabaseBackupRequest { Repository = new RepositoryReference(Repository), KeyFile = KeyFile });

    /// <returns>The findings that no other copy makes up for.</returns>
    internal async Task<IEnumerable<string>> VerifyAsync(IntegrityLevel level)
    {
        IReadOnlyList<BackupIntegrity> checks = await RunAsync(
            new TestBackupIntegrityRequest { Repository = new RepositoryReference(Repository), KeyFile = KeyFile, Level = level });
        return checks.SelectMany(check => check.Problems).Where(problem => !problem.Recoverable).Select(problem => $"{problem}: {problem.Actual}");
    }

    /// <summary>Restores a backup and compares it, value by value.</summary>
    internal async Task<bool> RestoresEqualAsync(string backupId)
    {
        string target = Path.Combine(directory.Path, current, "restored.db");
        File.Delete(target);
        await RunAsync(new RestoreDatabaseRequest
        {
            Repository = new RepositoryReference(Repository),
            KeyFile = KeyFile,
            Backup = new BackupReference(backupId),
            Target = new DatabaseEndpoint { Engine = DatabaseEngine.Sqlite, Database = target },
        });
        return SampleDatabase.HashOf(target) == (backupId == Older ? smallHash : largeHash);
    }

    public void Dispose() => directory.Dispose();

    private void Leave()
    {
        if (current == "run")
        {
            Directory.Delete(Path.Combine(directory.Path, current), recursive: true);
        }
    }

    private Task<Backup> BackupAsync(string path) => RunAsync(new BackupDatabaseRequest
    {
        Repository = new RepositoryReference(Repository),
        KeyFile = KeyFile,
        Source = new DatabaseEndpoint { Engine = DatabaseEngine.Sqlite, Database = path },
    });

    private Task<TResult> RunAsync<TResult>(IOperationRequest<TResult> request) =>
        operations.RunAsync(request, reporter, TestContext.Current.CancellationToken);

    private IOperations Operations()
    {
        string state = State;
        return EngineOperations.Create(new EngineServices
        {
            DatabaseProviders = [new SqliteProvider()],
            StoreProviders = [new LocalObjectStoreProvider()],
            Random = new SeededRandomSource(seed + processes++),
            Environment = name => name == "DATARESILIENCE_STATE" ? state : null,
        });
    }
}
