namespace DataResilience.MySql;

/// <summary>The routines that a text may call.</summary>
internal static class RoutineCalls
{
    /// <summary>Every name with a parenthesis behind it, or CALL before it: also functions of the server's own.</summary>
    internal static IEnumerable<string> In(string text, string sqlMode)
    {
        var phrase = new SqlPhrase(text, SqlPhrase.QuotingOf(sqlMode));
        for (int i = 0; i < phrase.Count; i++)
        {
            if (phrase.IsSymbol(i + 1, '(') || phrase.IsWord(i - 1, "CALL"))
            {
                if (phrase.NameAt(i) is { } name)
                {
                    yield return name;
                }
            }
        }
    }
}
