namespace DataResilience.MySql;

/// <summary>
/// What SHOW CREATE TRIGGER printed. MariaDB prints the statement as it was given, with the database's name where that was written.
/// </summary>
internal static class TriggerDefinition
{
    /// <summary>The definition without the database's name and without FOLLOWS and PRECEDES, which the order of creation says.</summary>
    internal static string Plain(string text, string sqlMode)
    {
        var phrase = new SqlPhrase(text, SqlPhrase.QuotingOf(sqlMode));
        int trigger = Next(phrase, 0, "TRIGGER");
        int name = phrase.IsWord(trigger + 1, "IF") ? trigger + 4 : trigger + 1;
        int table = Next(phrase, name, "ON") + 1;
        int[] qualifiers = [.. new[] { name, table }.Where(i => phrase.IsSymbol(i + 1, '.'))];
        int row = Next(phrase, table, "ROW");
        if (!phrase.IsWord(row + 1, "FOLLOWS", "PRECEDES") || row + 3 >= phrase.Count)
        {
            return phrase.WithoutQualifiers(qualifiers);
        }

        var head = new SqlPhrase(phrase.Between(0, row), SqlPhrase.QuotingOf(sqlMode));
        return $"{head.WithoutQualifiers(qualifiers)} {text[phrase[row + 3].Start..]}";
    }

    private static int Next(SqlPhrase phrase, int from, string word)
    {
        while (from < phrase.Count && !phrase.IsWord(from, word))
        {
            from++;
        }

        return from;
    }
}
