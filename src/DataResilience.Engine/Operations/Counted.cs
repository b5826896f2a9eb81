using System.Globalization;

namespace DataResilience.Engine.Operations;

/// <summary>A number with its noun, for sentences that people read: 1 table, 2 tables.</summary>
internal static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun in the singular; its plural ends in s.</param>
    internal static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
