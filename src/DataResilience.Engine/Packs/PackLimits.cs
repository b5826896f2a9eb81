using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Packs;

/// <summary>The sizes of packs (docs/repository-format.md, 6).</summary>
internal static class PackLimits
{
    /// <summary>A pack that has reached this takes no further chunk.</summary>
    internal const int ClosedAtBytes = 16 << 20;

    /// <summary>A pack that has so many chunks takes no further one.</summary>
    internal const int MaxChunks = 4096;

    /// <summary>
    /// No pack is larger, and each is put together in a buffer of this size: 16 MiB, one chunk of 4 MiB that may begin just below
    /// them, and 1 MiB for the header with a content key for each chunk (533 KiB), the chunk table (368 KiB) and the trailer.
    /// </summary>
    internal const int MaxPackBytes = ClosedAtBytes + ChunkLimits.MaxBytes + (1 << 20);
}
