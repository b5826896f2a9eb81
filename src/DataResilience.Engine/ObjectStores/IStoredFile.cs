namespace DataResilience.Engine.ObjectStores;

/// <summary>A file that is open for reading.</summary>
internal interface IStoredFile : IDisposable
{
    /// <summary>Its size in bytes.</summary>
    long Size { get; }

    /// <summary>When it was last written, by the clock of the file system.</summary>
    DateTimeOffset ModifiedAt { get; }

    /// <summary>Reads from an offset; returns fewer bytes than asked only where the file ends.</summary>
    int Read(long offset, Span<byte> destination);
}
