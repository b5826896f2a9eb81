namespace DataResilience.MySql;

/// <summary>The name of the database in definitions of its own objects.</summary>
internal static class OwnName
{
    /// <summary>A table's definition without it: MariaDB writes it in front of a sequence that a default counts by.</summary>
    internal static string Remove(string text, string database)
    {
        var phrase = new SqlPhrase(text);
        return phrase.WithoutQualifiers(Qualifiers(phrase, database).Where(i => phrase.Has(i, SqlTokenKind.Name) && phrase.Has(i + 2, SqlTokenKind.Name)));
    }

    /// <summary>Whether a definition that was given by somebody names the database.</summary>
    internal static bool IsIn(string text, string database, string sqlMode) =>
        text.Contains(database, StringComparison.Ordinal) && Qualifiers(new SqlPhrase(text, SqlPhrase.QuotingOf(sqlMode)), database).Any();

    private static IEnumerable<int> Qualifiers(SqlPhrase phrase, string database)
    {
        for (int i = 0; i < phrase.Count; i++)
        {
            if (phrase.IsSymbol(i + 1, '.') && !phrase.IsSymbol(i - 1, '.') && !phrase.IsSymbol(i - 1, '@') && phrase.NameAt(i) == database)
            {
                yield return i;
            }
        }
    }
}
