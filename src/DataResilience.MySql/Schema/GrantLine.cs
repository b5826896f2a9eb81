namespace DataResilience.MySql;

/// <summary>A line of SHOW GRANTS.</summary>
/// <param name="Scope">What it is about.</param>
/// <param name="Database">The database, as it stands there: for a whole one a pattern.</param>
/// <param name="ObjectType">Of a routine what it is, upper case; empty for what is used as a table.</param>
/// <param name="ObjectName">The table, routine or role.</param>
/// <param name="Privileges">The privileges, upper case, without the columns that they are limited to.</param>
/// <param name="Text">The statement; the database's name is left out, so that it means the one that is used when it is run.</param>
internal sealed record GrantLine(
    GrantScope Scope, string Database, string ObjectType, string ObjectName, IReadOnlyList<string> Privileges, string Text)
{
    /// <summary>Whether it gives more than the right to log in.</summary>
    internal bool GivesRights => Privileges.Any(privilege => privilege != "USAGE");

    /// <summary>How far the pattern of a database is without wildcards: of all that match, servers use the grant where that is farthest.</summary>
    internal int Exactness
    {
        get
        {
            for (int i = 0; i < Database.Length; i++)
            {
                if (Database[i] is '%' or '_')
                {
                    return i;
                }

                i += Database[i] == '\\' ? 1 : 0;
            }

            return int.MaxValue;
        }
    }

    internal static GrantLine Read(string text)
    {
        var phrase = new SqlPhrase(text);
        if (phrase.IsWord(0, "SET") && phrase.IsWord(1, "DEFAULT") && phrase.IsWord(2, "ROLE"))
        {
            return new GrantLine(GrantScope.DefaultRole, "", "", phrase.NameAt(3) ?? "", [], text);
        }

        if (!phrase.IsWord(0, "GRANT"))
        {
            return new GrantLine(GrantScope.Other, "", "", "", [], text);
        }

        if (phrase.Has(1, SqlTokenKind.Name))
        {
            return new GrantLine(GrantScope.Role, "", "", phrase.NameAt(1) ?? "", [], text);
        }

        int on = OnOf(phrase);
        IReadOnlyList<string> privileges = PrivilegesOf(phrase, on);
        int target = on + 1;
        while (phrase.Has(target, SqlTokenKind.Word))
        {
            target++;
        }

        return phrase.IsSymbol(target + 1, '.') && !privileges.Contains("PROXY")
            ? OfTarget(phrase, on, target, privileges)
            : new GrantLine(GrantScope.Other, "", "", "", privileges, text);
    }

    private static GrantLine OfTarget(SqlPhrase phrase, int on, int target, IReadOnlyList<string> privileges)
    {
        if (phrase.IsSymbol(target, '*'))
        {
            return new GrantLine(GrantScope.Server, "", "", "", privileges, phrase.Text);
        }

        string type = target == on + 1 ? "" : phrase.Between(on + 1, target - 1).ToUpperInvariant();
        bool isDatabase = phrase.IsSymbol(target + 2, '*');
        return new GrantLine(
            isDatabase ? GrantScope.Database : GrantScope.Object,
            phrase.NameAt(target) ?? "",
            type == "TABLE" ? "" : type,
            isDatabase ? "" : phrase.NameAt(target + 2) ?? "",
            privileges,
            phrase.WithoutQualifiers([target]));
    }

    /// <summary>Where ON stands, behind privileges with columns in parentheses.</summary>
    private static int OnOf(SqlPhrase phrase)
    {
        for (int i = 1; i < phrase.Count; i++)
        {
            if (phrase.IsSymbol(i, '('))
            {
                i = phrase.CloseOf(i);
            }
            else if (phrase.IsWord(i, "ON"))
            {
                return i;
            }
        }

        return phrase.Count;
    }

    private static List<string> PrivilegesOf(SqlPhrase phrase, int on)
    {
        var privileges = new List<string>();
        int first = 1;
        for (int i = 1; i <= on; i++)
        {
            bool isColumns = phrase.IsSymbol(i, '(');
            if (isColumns || i == on || phrase.IsSymbol(i, ','))
            {
                if (i > first)
                {
                    privileges.Add(string.Join(' ', Enumerable.Range(first, i - first).Select(phrase.NameAt)).ToUpperInvariant());
                }

                i = isColumns ? phrase.CloseOf(i) : i;
                first = i + 1;
            }
        }

        return privileges;
    }
}
