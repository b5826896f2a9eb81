namespace DataResilience.Engine.Index;

/// <summary>The sizes of index objects (docs/repository-format.md, 7).</summary>
internal static class IndexLimits
{
    internal const int MaxEntries = 65_536;

    internal const int MaxEntriesPerPage = 512;

    /// <summary>Every pack has a chunk, so there are no more packs than entries.</summary>
    internal const int MaxPacks = MaxEntries;

    internal const int MaxPages = MaxEntries / MaxEntriesPerPage;

    internal static int PagesFor(int entries) => (entries + MaxEntriesPerPage - 1) / MaxEntriesPerPage;

    internal static int EntriesInPage(int number, int entries) =>
        Math.Min(MaxEntriesPerPage, entries - (number * MaxEntriesPerPage));
}
