namespace DataResilience.Engine.Selection;

/// <summary>A name with wildcards as shells write them: <c>*</c> any run, <c>?</c> one character. A name that is equal always matches.</summary>
internal sealed class NamePattern(string pattern)
{
    public override string ToString() => pattern;

    /// <summary>Compares without regard to case, as PowerShell does; iterative, so no pattern takes longer than name times pattern.</summary>
    internal bool Matches(string name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || SameLetter(pattern[p], name[n])))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return string.Equals(pattern, name, StringComparison.Ordinal);
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty || string.Equals(pattern, name, StringComparison.Ordinal);
    }

    private static bool SameLetter(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
