namespace DataResilience.Engine.Selection;

/// <summary>Names to take and names to leave out. Taking nothing in particular means all.</summary>
internal sealed class NameFilter(IReadOnlyList<string> include, IReadOnlyList<string> exclude)
{
    private readonly NamePattern[] included = [.. include.Select(text => new NamePattern(text))];
    private readonly NamePattern[] excluded = [.. exclude.Select(text => new NamePattern(text))];

    internal bool IsEverything => included.Length == 0 && excluded.Length == 0;

    internal bool ChoosesByName => included.Length > 0;

    internal bool Takes(params ReadOnlySpan<string> names)
    {
        bool taken = included.Length == 0;
        foreach (string name in names)
        {
            if (Array.Exists(excluded, pattern => pattern.Matches(name)))
            {
                return false;
            }

            taken |= Array.Exists(included, pattern => pattern.Matches(name));
        }

        return taken;
    }

    /// <summary>The patterns to take that match no name: each one is a mistake of the user's.</summary>
    internal IEnumerable<string> Unmatched(IReadOnlyCollection<string> names) =>
        included.Where(pattern => !names.Any(pattern.Matches)).Select(pattern => pattern.ToString());

    /// <summary>The patterns to leave out that match no name.</summary>
    internal IEnumerable<string> UnmatchedExclusions(IReadOnlyCollection<string> names) =>
        excluded.Where(pattern => !names.Any(pattern.Matches)).Select(pattern => pattern.ToString());
}
