namespace DataResilience.MySql;

/// <summary>The patterns that grants name databases by: % and _ as in LIKE, a backslash in front of one that is meant.</summary>
internal static class NamePattern
{
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (pattern[0] == '%')
        {
            for (int skipped = 0; skipped <= name.Length; skipped++)
            {
                if (Matches(pattern[1..], name[skipped..]))
                {
                    return true;
                }
            }

            return false;
        }

        if (name.IsEmpty)
        {
            return false;
        }

        if (pattern[0] == '_')
        {
            return Matches(pattern[1..], name[1..]);
        }

        ReadOnlySpan<char> literal = pattern[0] == '\\' && pattern.Length > 1 ? pattern[1..] : pattern;
        return literal[0] == name[0] && Matches(literal[1..], name[1..]);
    }
}
