namespace DataResilience.MySql;

/// <summary>Reads what an element of CREATE TABLE defines, as servers print it: names in backticks, one word for one thing.</summary>
internal static class TableElementReader
{
    internal static TableElement Read(string text)
    {
        var phrase = new SqlPhrase(text);
        if (phrase.Has(0, SqlTokenKind.Name))
        {
            return Column(phrase);
        }

        if (phrase.IsWord(0, "PRIMARY"))
        {
            return Key(phrase, TableElementKind.PrimaryKey, keyword: 1);
        }

        if (phrase.IsWord(0, "UNIQUE"))
        {
            return Key(phrase, TableElementKind.UniqueKey, keyword: 1);
        }

        if (phrase.IsWord(0, "KEY", "INDEX"))
        {
            return Key(phrase, TableElementKind.Key, keyword: 0);
        }

        if (phrase.IsWord(1, "KEY", "INDEX"))
        {
            return Key(phrase, TableElementKind.SpecialKey, keyword: 1);
        }

        return phrase.IsWord(0, "CONSTRAINT") && phrase.IsWord(2, "FOREIGN")
            ? ForeignKey(phrase)
            : new TableElement(TableElementKind.Other, phrase.IsWord(0, "CONSTRAINT") ? phrase.NameAt(1) ?? "" : "", text);
    }

    private static TableElement Column(SqlPhrase phrase)
    {
        bool isAutoIncrement = false;
        bool isNotNull = false;
        for (int i = 1; i < phrase.Count; i++)
        {
            // In parentheses stand expressions, where the words mean something else.
            if (phrase.IsSymbol(i, '('))
            {
                i = phrase.CloseOf(i);
                continue;
            }

            isAutoIncrement |= phrase.IsWord(i, "AUTO_INCREMENT");
            isNotNull |= phrase.IsWord(i, "NOT") && phrase.IsWord(i + 1, "NULL");
        }

        return new TableElement(TableElementKind.Column, phrase.NameAt(0) ?? "", phrase.Text) { IsAutoIncrement = isAutoIncrement, IsNotNull = isNotNull };
    }

    private static TableElement Key(SqlPhrase phrase, TableElementKind kind, int keyword)
    {
        string name = phrase.Has(keyword + 1, SqlTokenKind.Name) ? phrase.NameAt(keyword + 1) ?? "" : "";
        int open = keyword;
        while (open < phrase.Count && !phrase.IsSymbol(open, '('))
        {
            open++;
        }

        return new TableElement(kind, name, phrase.Text) { KeyParts = Parts(phrase, open) };
    }

    private static List<string?> Parts(SqlPhrase phrase, int open)
    {
        var parts = new List<string?>();
        int close = phrase.CloseOf(open);
        for (int i = open + 1; i < close; i++)
        {
            bool isFirst = i == open + 1 || phrase.IsSymbol(i - 1, ',');
            if (isFirst)
            {
                bool isColumn = phrase.Has(i, SqlTokenKind.Name) && !phrase.IsWord(i + 1, "WITHOUT");
                parts.Add(isColumn ? phrase.NameAt(i) : null);
            }

            if (phrase.IsSymbol(i, '('))
            {
                i = phrase.CloseOf(i);
            }
        }

        return parts;
    }

    private static TableElement ForeignKey(SqlPhrase phrase)
    {
        int references = 0;
        while (references < phrase.Count && !phrase.IsWord(references, "REFERENCES"))
        {
            references++;
        }

        bool hasDatabase = phrase.IsSymbol(references + 2, '.');
        return new TableElement(TableElementKind.ForeignKey, phrase.NameAt(1) ?? "", phrase.Text)
        {
            ReferencedDatabase = hasDatabase ? phrase.NameAt(references + 1) ?? "" : "",
            ReferencedTable = phrase.NameAt(references + (hasDatabase ? 3 : 1)) ?? "",
        };
    }
}
