using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

/// <summary>A folder for the databases of one test.</summary>
public sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sqlite-provider-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The files there are, by name.</summary>
    public string[] Files => [.. Directory.EnumerateFiles(Path).Select(file => System.IO.Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>Makes a database by a script.</summary>
    public string Make(string name, params IReadOnlyList<string> script)
    {
        using SqliteConnection connection = Open(name);
        foreach (string statement in script)
        {
            connection.Run(statement);
        }

        return this[name];
    }

    public SqliteConnection Open(string name)
    {
        var connection = new SqliteConnection($"Data Source={this[name]};Pooling=False;Foreign Keys=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
