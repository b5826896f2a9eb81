namespace DataResilience.Engine.ObjectStores;

/// <summary>
/// A file that is being written. It is synced through the handle that wrote it: some network file systems report a failed
/// write only once, to that handle (fsync(2), close(2): "NOTES").
/// </summary>
internal interface INewFile : IDisposable
{
    /// <summary>Appends bytes.</summary>
    void Write(ReadOnlySpan<byte> content);

    /// <summary>Makes the bytes survive a failure of power; says nothing of the file's name.</summary>
    void Sync();
}
