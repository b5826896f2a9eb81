namespace DataResilience.Engine.Repository;

/// <summary>A run of chunks of a table, found without reading the lists before it.</summary>
/// <param name="List">In which of the table's lists it begins.</param>
/// <param name="Entry">At which entry of that list.</param>
/// <param name="Chunks">How many chunks there are at most; the run ends with the table.</param>
internal sealed record ChunkSpan(int List, int Entry, long Chunks)
{
    /// <summary>The whole table.</summary>
    internal static ChunkSpan Whole { get; } = FromHere(0, 0);

    /// <summary>Everything from an entry to the end of the table.</summary>
    internal static ChunkSpan FromHere(int list, int entry) => new(list, entry, long.MaxValue);
}
