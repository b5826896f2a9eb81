namespace DataResilience.MySql;

/// <summary>What SHOW CREATE USER printed.</summary>
/// <param name="Text">The statement that makes the account where it is not there yet.</param>
/// <param name="DefaultRoles">What stands behind DEFAULT ROLE, which must be given later; empty where there is none.</param>
internal sealed record UserDefinition(string Text, string DefaultRoles)
{
    internal static UserDefinition Read(string text)
    {
        var phrase = new SqlPhrase(text);
        if (!phrase.IsWord(1, "USER"))
        {
            return new UserDefinition(text, "");
        }

        const string Create = "CREATE USER IF NOT EXISTS ";
        for (int i = 2; i < phrase.Count; i++)
        {
            if (phrase.IsWord(i, "DEFAULT") && phrase.IsWord(i + 1, "ROLE"))
            {
                int last = LastOfRoles(phrase, i + 2);
                return new UserDefinition($"{Create}{text[phrase[2].Start..phrase[i].Start]}{text[phrase[last].End..].TrimStart()}", phrase.Between(i + 2, last));
            }
        }

        return new UserDefinition($"{Create}{text[phrase[2].Start..]}", "");
    }

    /// <summary>Roles are <c>`name`@`host`</c> with commas between.</summary>
    private static int LastOfRoles(SqlPhrase phrase, int i)
    {
        while (phrase.IsSymbol(i + 1, '@') || phrase.IsSymbol(i + 1, ','))
        {
            i += 2;
        }

        return i;
    }
}
