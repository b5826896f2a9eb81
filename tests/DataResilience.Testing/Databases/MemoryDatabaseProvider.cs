using System.Collections.Concurrent;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases;

/// <summary>Databases in memory, by name, under the engine name SQLite: a provider without a driver, for tests of the engine.</summary>
public sealed class MemoryDatabaseProvider : IDatabaseProvider
{
    private readonly ConcurrentDictionary<string, MemoryDatabase> databases = new(StringComparer.Ordinal);
    private int loadsBegun;

    public IReadOnlyList<DatabaseEngine> Engines => [DatabaseEngine.Sqlite];

    public IRowFormat RowFormat { get; } = new LineRowFormat();

    /// <summary>Called with the table before each block of rows is given out: to fail, to wait, to cancel.</summary>
    public Action<string>? OnReading { get; set; }

    /// <summary>Called with the table before each block of rows is loaded.</summary>
    public Action<string>? OnLoading { get; set; }

    /// <summary>What every commit warns of.</summary>
    public IReadOnlyList<string> CommitWarnings { get; set; } = [];

    /// <summary>Called when the reading of a range begins, with its table: to wait until others have begun or ended, to fail.</summary>
    public Func<string, RowRange, CancellationToken, Task>? OnRange { get; set; }

    /// <summary>The same where a restored target is read back.</summary>
    public Func<string, RowRange, CancellationToken, Task>? OnProofRange { get; set; }

    /// <summary>Called when a load begins, with its table.</summary>
    public Func<string, CancellationToken, Task>? OnLoad { get; set; }

    /// <summary>How many rows a range has; by default a table is one range.</summary>
    public int? RowsInRange { get; set; }

    /// <summary>How many ranges may be read at once, of a source and of a proof.</summary>
    public int Readers { get; set; } = 2;

    /// <summary>How many loads may run at once.</summary>
    public int Loaders { get; set; } = 2;

    /// <summary>Whether every load loses its last row and does not say so.</summary>
    public bool LosesARow { get; set; }

    /// <summary>How many ranges of sources were read at once.</summary>
    public AtOnce Reads { get; } = new();

    /// <summary>How many ranges of restored targets were read at once.</summary>
    public AtOnce ProofReads { get; } = new();

    /// <summary>How many loads ran at once.</summary>
    public AtOnce Loads { get; } = new();

    /// <summary>How many loads were begun.</summary>
    public int LoadsBegun => loadsBegun;

    public MemoryDatabase this[string name]
    {
        get => databases[name];
        set => databases[name] = value;
    }

    public bool Contains(string name) => databases.ContainsKey(name);

    public static DatabaseEndpoint Endpoint(string name) => new() { Engine = DatabaseEngine.Sqlite, Database = name };

    public Task<IReadOnlyList<Database>> ListDatabasesAsync(
        DatabaseEndpoint endpoint, DatabaseListOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        IReadOnlyList<Database> found = [.. databases.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Database
        {
            Name = pair.Key,
            Engine = DatabaseEngine.Sqlite,
            EngineVersion = "1",
            Server = "memory",
            Endpoint = Endpoint(pair.Key),
            Size = 0,
            Tables = pair.Value.Tables.Count,
        })];
        return Task.FromResult(found);
    }

    public Task<ISourceSnapshot> OpenSnapshotAsync(DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        return databases.TryGetValue(source.Database, out MemoryDatabase? database)
            ? Task.FromResult<ISourceSnapshot>(new MemorySnapshot(database.Copy(), source.Database, this))
            : throw Errors.SourceNotFound.Create(source);
    }

    public Task<TargetState> InspectTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        bool exists = databases.TryGetValue(target.Database, out MemoryDatabase? database);
        return Task.FromResult(new TargetState(exists, true, exists ? [.. database!.Tables.Keys] : [], null));
    }

    public Task<IRestoreTarget> OpenTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        databases.TryGetValue(target.Database, out MemoryDatabase? existing);
        if (existing is not null && !options.Replace && !options.IsPartial)
        {
            throw Errors.TargetExists.Create(target);
        }

        MemoryDatabase begun = existing is not null && options.IsPartial ? existing.Copy() : new MemoryDatabase();
        if (!options.IncludesSchema && options.Replace)
        {
            foreach (TableSchema table in options.Tables)
            {
                begun.With(table.Name, []);
            }
        }

        return Task.FromResult<IRestoreTarget>(new MemoryTarget(begun, target.Database, this, made => databases[target.Database] = made));
    }

    internal void CountLoad() => Interlocked.Increment(ref loadsBegun);
}
