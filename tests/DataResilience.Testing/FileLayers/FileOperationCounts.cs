using System.Collections.Concurrent;

namespace DataResilience.Testing.FileLayers;

/// <summary>How often each step on files was taken; prints as a histogram.</summary>
internal sealed class FileOperationCounts
{
    private readonly ConcurrentDictionary<FileOperation, int> counts = new();

    public int this[FileOperation operation] => counts.GetValueOrDefault(operation);

    public int Total => counts.Values.Sum();

    public void Add(FileOperation operation) => counts.AddOrUpdate(operation, 1, (_, count) => count + 1);

    public override string ToString() =>
        string.Join(", ", counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));
}
