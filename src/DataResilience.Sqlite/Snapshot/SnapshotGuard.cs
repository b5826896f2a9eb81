namespace DataResilience.Sqlite;

/// <summary>Tells whether a file that has to be read without locks was written meanwhile.</summary>
internal sealed class SnapshotGuard
{
    private readonly string? path;
    private readonly (DateTime Written, long Length) before;

    private SnapshotGuard(string? path)
    {
        this.path = path;
        before = path is null ? default : Look(path);
    }

    /// <summary>For a database whose locks hold.</summary>
    internal static SnapshotGuard None { get; } = new(null);

    internal static SnapshotGuard Over(string path) => new(path);

    /// <summary>Fails if the file is not what it was; a writer in WAL mode is seen by its log.</summary>
    internal void Check()
    {
        if (path is not null && (Look(path) != before || SourceFile.HasContent(path + SourceFile.LogSuffix)))
        {
            throw Errors.SourceUnreadable.Create(path, "it was written while it was read without the right to lock it");
        }
    }

    private static (DateTime Written, long Length) Look(string path)
    {
        var file = new FileInfo(path);
        return (file.LastWriteTimeUtc, file.Length);
    }
}
