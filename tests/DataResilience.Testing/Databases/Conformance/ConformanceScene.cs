using DataResilience.Providers;

namespace DataResilience.Testing.Databases.Conformance;

/// <summary>One engine with databases for the tests of <see cref="DatabaseProviderConformance"/>; disposed, all of them are gone.</summary>
public abstract class ConformanceScene : IAsyncDisposable
{
    /// <summary>The provider that is tested.</summary>
    public abstract IDatabaseProvider Provider { get; }

    /// <summary>The name of a table as a backup qualifies it, for example <c>public.orders</c>.</summary>
    public abstract string Qualified(string table);

    /// <summary>A name as the engine's SQL quotes it.</summary>
    public abstract string Quote(string name);

    /// <summary>Makes a database by a script that every engine understands.</summary>
    public abstract Task<DatabaseEndpoint> MakeDatabaseAsync(params IReadOnlyList<string> script);

    /// <summary>A place for a database that is not there.</summary>
    public abstract DatabaseEndpoint NewTarget();

    /// <summary>Runs a statement and commits it.</summary>
    public abstract Task ExecuteAsync(DatabaseEndpoint database, string sql);

    /// <summary>Asks for one number.</summary>
    public abstract Task<long> AskAsync(DatabaseEndpoint database, string sql);

    /// <summary>Everything at the engine by name, databases and what a restore makes on its way: what a refused or abandoned restore must not change.</summary>
    public abstract Task<IReadOnlyList<string>> ListEverythingAsync();

    public abstract ValueTask DisposeAsync();
}
