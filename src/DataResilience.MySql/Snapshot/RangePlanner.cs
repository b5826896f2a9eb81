using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Cuts a table into ranges that stay what they are as it grows.</summary>
internal static class RangePlanner
{
    /// <summary>Plans the ranges of a table.</summary>
    internal static IReadOnlyList<RowRange> Whole { get; } = [new RowRange(0, null, null)];
}
