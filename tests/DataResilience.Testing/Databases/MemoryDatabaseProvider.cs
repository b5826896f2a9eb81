using System.Collections.Concurrent;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases;

/// <summary>Databases in memory, by name, under the engine name SQLite: a provider without a driver, for tests of the engine.</summary>
public sealed class MemoryDatabaseProvider : IDatabaseProvider
{
    private readonly ConcurrentDictionary<string, MemoryDatabase> databases = new(StringComparer.Ordinal);

    public IReadOnlyList<DatabaseEngine> Engines => [DatabaseEngine.Sqlite];

    public IRowFormat RowFormat { get; } = new LineRowFormat();

    /// <summary>Called with the table before each block of rows is given out: to fail, to wait, to cancel.</summary>
    public Action<string>? OnReading { get; set; }

    /// <summary>Called with the table before each block of rows is loaded.</summary>
    public Action<string>? OnLoading { get; set; }

    public MemoryDatabase this[string name]
    {
        get => databases[name];
        set => databases[name] = value;
    }

    public bool Contains(string name) => databases.ContainsKey(name);

    public static DatabaseEndpoint Endpoint(string name) => new() { Engine = DatabaseEngine.Sqlite, Database = name };

    public Task<IReadOnlyList<Database>> ListDatabasesAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken)
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
            ? Task.FromResult<ISourceSnapshot>(new MemorySnapshot(database.Copy(), source.Database, OnReading))
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
        return Task.FromResult<IRestoreTarget>(new MemoryTarget(begun, target.Database, OnLoading, made => databases[target.Database] = made));
    }
}
