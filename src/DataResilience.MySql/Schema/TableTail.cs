namespace DataResilience.MySql;

/// <summary>What of the options behind a table's columns matters beyond the text.</summary>
/// <param name="Union">The tables that a MERGE table shows.</param>
/// <param name="Places">What names a place of the server: a directory or a tablespace.</param>
internal sealed record TableTail(IReadOnlyList<string> Union, IReadOnlyList<string> Places)
{
    // InnoDB's own, which every server has.
    private static readonly string[] UsualTablespaces = ["innodb_file_per_table", "innodb_system"];

    internal static TableTail Read(string text)
    {
        var phrase = new SqlPhrase(text);
        var union = new List<string>();
        var places = new List<string>();
        for (int i = 0; i < phrase.Count; i++)
        {
            if (phrase.IsWord(i, "UNION") && phrase.IsSymbol(i + 2, '('))
            {
                union.AddRange(NamesIn(phrase, i + 2));
            }
            else if (phrase.IsWord(i, "DIRECTORY"))
            {
                places.Add(phrase.Between(i - 1, Math.Min(i + 2, phrase.Count - 1)));
            }
            else if (phrase.IsWord(i, "TABLESPACE"))
            {
                int name = phrase.IsSymbol(i + 1, '=') ? i + 2 : i + 1;
                if (phrase.NameAt(name) is { } tablespace && !UsualTablespaces.Contains(tablespace, StringComparer.OrdinalIgnoreCase))
                {
                    places.Add($"TABLESPACE {tablespace}");
                }
            }
        }

        return new TableTail(union, [.. places.Distinct()]);
    }

    private static IEnumerable<string> NamesIn(SqlPhrase phrase, int open)
    {
        int close = phrase.CloseOf(open);
        for (int i = open + 1; i < close; i++)
        {
            // Of a name with its database only the last part is a table of this one, if any.
            if (phrase.Has(i, SqlTokenKind.Name) && !phrase.IsSymbol(i + 1, '.'))
            {
                yield return phrase.NameAt(i)!;
            }
        }
    }
}
