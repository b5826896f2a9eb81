using System.Text;

namespace DataResilience.MySql;

/// <summary>A text of SQL with those of its pieces that say something to a server, by their numbers.</summary>
internal sealed class SqlPhrase
{
    private readonly SqlToken[] tokens;

    internal SqlPhrase(string text, SqlQuoting quoting = SqlQuoting.Usual)
    {
        Text = text;
        tokens = [.. SqlScanner.Scan(text, quoting).Where(token => token.IsSignificant)];
    }

    internal string Text { get; }

    /// <summary>How many pieces there are.</summary>
    internal int Count => tokens.Length;

    /// <summary>How a list of modes, as a server prints it, quotes.</summary>
    internal static SqlQuoting QuotingOf(string sqlMode)
    {
        string[] modes = sqlMode.Split(',');
        return (modes.Contains("ANSI_QUOTES", StringComparer.OrdinalIgnoreCase) ? SqlQuoting.AnsiQuotes : SqlQuoting.Usual)
            | (modes.Contains("NO_BACKSLASH_ESCAPES", StringComparer.OrdinalIgnoreCase) ? SqlQuoting.NoBackslashEscapes : SqlQuoting.Usual);
    }

    internal SqlToken this[int index] => tokens[index];

    /// <summary>Whether a piece is a keyword.</summary>
    internal bool IsWord(int index, string word) =>
        Has(index, SqlTokenKind.Word) && Span(index).Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a piece is one of some keywords.</summary>
    internal bool IsWord(int index, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (IsWord(index, word))
            {
                return true;
            }
        }

        return false;
    }

    internal bool IsSymbol(int index, char symbol) => Has(index, SqlTokenKind.Symbol) && Text[tokens[index].Start] == symbol;

    internal bool Has(int index, SqlTokenKind kind) => index >= 0 && index < tokens.Length && tokens[index].Kind == kind;

    /// <summary>A piece as it stands.</summary>
    internal ReadOnlySpan<char> Span(int index) => Text.AsSpan(tokens[index].Start, tokens[index].Length);

    /// <summary>The name that a piece is, without its quotes; null where it is none.</summary>
    internal string? NameAt(int index)
    {
        if (Has(index, SqlTokenKind.Word))
        {
            return Span(index).ToString();
        }

        if (!Has(index, SqlTokenKind.Name) || tokens[index].Length < 2)
        {
            return null;
        }

        string quoted = Span(index).ToString();
        string quote = quoted[..1];
        return quoted[1..^1].Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    /// <summary>The number of the parenthesis that closes one; the number behind the last piece where none does.</summary>
    internal int CloseOf(int open)
    {
        int depth = 0;
        for (int i = open; i < tokens.Length; i++)
        {
            depth += IsSymbol(i, '(') ? 1 : IsSymbol(i, ')') ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return tokens.Length;
    }

    /// <summary>The text from one piece to another, with what is between.</summary>
    internal string Between(int first, int last) => Text[tokens[first].Start..tokens[last].End];

    /// <summary>The text without some pieces and the dot behind each.</summary>
    internal string WithoutQualifiers(IEnumerable<int> qualifiers)
    {
        var rest = new StringBuilder(Text.Length);
        int from = 0;
        foreach (int qualifier in qualifiers.Order())
        {
            rest.Append(Text, from, tokens[qualifier].Start - from);
            from = tokens[qualifier + 1].End;
        }

        return rest.Append(Text, from, Text.Length - from).ToString();
    }
}
