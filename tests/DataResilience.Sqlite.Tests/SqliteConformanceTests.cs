using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class SqliteConformanceTests : DatabaseProviderConformance
{
    protected override ConformanceScene CreateScene() => new FolderScene();

    private sealed class FolderScene : ConformanceScene
    {
        private readonly ScratchFolder folder = new();
        private int made;

        public override IDatabaseProvider Provider { get; } = new SqliteProvider();

        public override string Qualified(string table) => table;

        public override string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        public override Task<DatabaseEndpoint> MakeDatabaseAsync(params IReadOnlyList<string> script)
        {
            string path = folder.Make($"source-{made++}.db", ["PRAGMA journal_mode = WAL", .. script]);
            return Task.FromResult(StoredDatabase.At(path));
        }

        public override DatabaseEndpoint NewTarget() => StoredDatabase.At(folder[$"target-{made++}.db"]);

        public override Task ExecuteAsync(DatabaseEndpoint database, string sql)
        {
            using SqliteConnection connection = folder.Open(Path.GetFileName(database.Database));
            connection.Run(sql);
            return Task.CompletedTask;
        }

        public override Task<long> AskAsync(DatabaseEndpoint database, string sql)
        {
            using SqliteConnection connection = folder.Open(Path.GetFileName(database.Database));
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            return Task.FromResult((long)command.ExecuteScalar()!);
        }

        // Readers of a database in WAL mode make its -shm and -wal files.
        public override Task<IReadOnlyList<string>> ListEverythingAsync() =>
            Task.FromResult<IReadOnlyList<string>>([.. folder.Files.Where(name => !name.EndsWith("-shm", StringComparison.Ordinal) && !name.EndsWith("-wal", StringComparison.Ordinal))]);

        public override ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
