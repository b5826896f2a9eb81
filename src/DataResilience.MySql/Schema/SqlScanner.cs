namespace DataResilience.MySql;

/// <summary>
/// Cuts a text of SQL into its pieces, which together are the text again, whatever it is: what is in quotes or in a comment is never
/// taken for anything else.
/// </summary>
internal sealed class SqlScanner
{
    private readonly string text;
    private readonly SqlQuoting quoting;
    private int position;
    private bool isInVersion;

    private SqlScanner(string text, SqlQuoting quoting) => (this.text, this.quoting) = (text, quoting);

    internal static IReadOnlyList<SqlToken> Scan(string text, SqlQuoting quoting)
    {
        var scanner = new SqlScanner(text, quoting);
        var tokens = new List<SqlToken>();
        while (scanner.position < text.Length)
        {
            int start = scanner.position;
            SqlTokenKind kind = scanner.Pass();
            tokens.Add(new SqlToken(kind, start, scanner.position - start));
        }

        return tokens;
    }

    /// <summary>Goes behind the next piece.</summary>
    private SqlTokenKind Pass()
    {
        char first = text[position];
        if (IsSpace(first))
        {
            PassWhile(IsSpace);
            return SqlTokenKind.Space;
        }

        if (IsOfWord(first))
        {
            PassWhile(IsOfWord);
            return SqlTokenKind.Word;
        }

        switch (first)
        {
            case '`':
                return PassQuoted(first, hasEscapes: false, SqlTokenKind.Name);
            case '"' when quoting.HasFlag(SqlQuoting.AnsiQuotes):
                return PassQuoted(first, hasEscapes: false, SqlTokenKind.Name);
            case '\'' or '"':
                return PassQuoted(first, hasEscapes: !quoting.HasFlag(SqlQuoting.NoBackslashEscapes), SqlTokenKind.Text);
            case '#':
                return PassLine();
            case '-' when IsAt("--") && (position + 2 == text.Length || IsSpace(text[position + 2]) || char.IsControl(text[position + 2])):
                return PassLine();
            case '/' when IsAt("/*!") || IsAt("/*M!"):
                return PassVersion();
            case '/' when IsAt("/*"):
                int end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
                position = end < 0 ? text.Length : end + 2;
                return SqlTokenKind.Comment;
            case '*' when isInVersion && IsAt("*/"):
                isInVersion = false;
                position += 2;
                return SqlTokenKind.VersionClose;
            default:
                position++;
                return SqlTokenKind.Symbol;
        }
    }

    private SqlTokenKind PassQuoted(char quote, bool hasEscapes, SqlTokenKind kind)
    {
        position++;
        while (position < text.Length)
        {
            char letter = text[position++];
            if (letter == '\\' && hasEscapes)
            {
                position = Math.Min(position + 1, text.Length);
            }
            else if (letter == quote)
            {
                if (position == text.Length || text[position] != quote)
                {
                    break;
                }

                position++;
            }
        }

        return kind;
    }

    private SqlTokenKind PassLine()
    {
        int end = text.IndexOf('\n', position);
        position = end < 0 ? text.Length : end;
        return SqlTokenKind.Comment;
    }

    private SqlTokenKind PassVersion()
    {
        position = text.IndexOf('!', position) + 1;
        PassWhile(char.IsAsciiDigit);
        isInVersion = true;
        return SqlTokenKind.VersionOpen;
    }

    private void PassWhile(Func<char, bool> belongs)
    {
        while (position < text.Length && belongs(text[position]))
        {
            position++;
        }
    }

    private bool IsAt(string piece) => string.CompareOrdinal(text, position, piece, 0, piece.Length) == 0;

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\n' or '\r' or '\v' or '\f';

    /// <summary>Names without quotes may have any letter beyond ASCII.</summary>
    private static bool IsOfWord(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '$' || letter >= '\u0080';
}
