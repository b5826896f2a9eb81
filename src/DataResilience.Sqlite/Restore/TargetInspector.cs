using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Looks at what is at a target's place.</summary>
internal static class TargetInspector
{
    internal static async Task<TargetState> InspectAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        string directory = Path.GetDirectoryName(path)!;
        bool placeExists = Directory.Exists(directory);
        bool exists = File.Exists(path);
        IReadOnlyList<string> tables = exists ? await ReadTablesAsync(path, time, cancellationToken) : [];
        return new TargetState(exists, placeExists, tables, placeExists ? FreeSpace(directory) : null);
    }

    private static async Task<List<string>> ReadTablesAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        TimeSpan patience = TimeSpan.FromSeconds(5);
        using SqliteSession session = SourceFile.Open(path, new SourceFailures(path, patience));
        session.Execute("BEGIN");
        session.Check(await new LockWait(time, patience).RunAsync(
            () => session.TryExecute("SELECT 1 FROM main.sqlite_schema LIMIT 1"), cancellationToken));
        return [.. SchemaReader.ReadEntries(session).Where(entry => entry.IsTable).Select(entry => entry.Name).Order(StringComparer.Ordinal)];
    }

    private static long FreeSpace(string directory) => new DriveInfo(directory).AvailableFreeSpace;
}
