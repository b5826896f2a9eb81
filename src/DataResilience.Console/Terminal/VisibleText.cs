using System.Globalization;
using System.Text;

namespace DataResilience.Console.Terminal;

/// <summary>Text that comes from a database or a repository, made safe to show.</summary>
internal static class VisibleText
{
    /// <summary>
    /// Shows control characters as escapes: a table may be called anything, and a name that moves the cursor or changes
    /// the title of the window must not be able to.
    /// </summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 8);
        foreach (char character in text)
        {
            _ = char.IsControl(character)
                ? visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : visible.Append(character);
        }

        return visible.ToString();
    }

    /// <summary>The same for a message, which may have several lines.</summary>
    public static string OfLines(string text) => string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").Split('\n').Select(Of));
}
