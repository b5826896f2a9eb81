namespace DataResilience.MySql;

/// <summary>A table as the server's catalog has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StorageEngine">What keeps its rows.</param>
/// <param name="Rows">An estimate of its rows.</param>
/// <param name="Bytes">An estimate of what they take.</param>
internal sealed record SourceTable(string Name, string StorageEngine, long Rows, long Bytes)
{
    // The engines whose START TRANSACTION WITH CONSISTENT SNAPSHOT gives a snapshot; of others rows are as they are when they are read.
    private static readonly string[] WithSnapshots = ["InnoDB", "ROCKSDB"];

    /// <summary>Whether a snapshot keeps its rows as they were.</summary>
    internal bool HasSnapshot => WithSnapshots.Contains(StorageEngine, StringComparer.OrdinalIgnoreCase);
}
