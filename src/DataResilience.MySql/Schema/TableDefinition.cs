namespace DataResilience.MySql;

/// <summary>What SHOW CREATE TABLE printed, in parts that together are the text again.</summary>
internal sealed class TableDefinition
{
    private const string Separator = ",\n  ";

    private readonly string head;

    private TableDefinition(string head, IReadOnlyList<TableElement> elements, string tail) =>
        (this.head, Elements, Tail) = (head, elements, tail);

    internal IReadOnlyList<TableElement> Elements { get; }

    /// <summary>The closing parenthesis, and behind it options and partitions.</summary>
    internal string Tail { get; }

    internal IEnumerable<TableElement> Columns => Elements.Where(element => element.Kind == TableElementKind.Column);

    /// <summary>Takes a definition apart; null where it is none of this form.</summary>
    internal static TableDefinition? Read(string text)
    {
        var phrase = new SqlPhrase(text);
        int open = 0;
        while (open < phrase.Count && !phrase.IsSymbol(open, '('))
        {
            open++;
        }

        int close = phrase.CloseOf(open);
        if (close >= phrase.Count)
        {
            return null;
        }

        int begin = phrase[open + 1].Start;
        return new TableDefinition(text[..begin], [.. Split(phrase, open, close).Select(TableElementReader.Read)], text[phrase[close].Start..]);
    }

    /// <summary>The definition with those of its elements that are wanted.</summary>
    internal string With(Func<TableElement, bool> isWanted) =>
        $"{head}{string.Join(Separator, Elements.Where(isWanted).Select(element => element.Text))}\n{Tail}";

    private static IEnumerable<string> Split(SqlPhrase phrase, int open, int close)
    {
        int first = open + 1;
        for (int i = first; i <= close; i++)
        {
            if (i == close || phrase.IsSymbol(i, ','))
            {
                yield return phrase.Between(first, i - 1);
                first = i + 1;
            }
            else if (phrase.IsSymbol(i, '('))
            {
                i = phrase.CloseOf(i);
            }
        }
    }
}
