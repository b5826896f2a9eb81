namespace DataResilience.Engine.Chunking;

/// <summary>The sizes of chunks (docs/repository-format.md, 5.6 and 6).</summary>
internal static class ChunkLimits
{
    /// <summary>No chunk has more plain bytes.</summary>
    internal const int MaxBytes = 4 << 20;

    /// <summary>Rows are not cut below this, except where a range ends or the next row would not fit.</summary>
    internal const int MinRowsBytes = 256 << 10;

    /// <summary>
    /// On average a cut follows after so many bytes beyond the least size. With 256 KiB before and the cap at 4 MiB behind,
    /// chunks are 1,019 KiB on average: 256 + 768 × (1 - e^-5).
    /// </summary>
    internal const int MeanBytesToCut = 768 << 10;

    /// <summary>A chunk of a list holds at most so many entries.</summary>
    internal const int MaxListEntries = 16_384;
}
