using System.Text.RegularExpressions;

namespace DataResilience.HelpGenerator;

/// <summary>A heading of a Markdown page with what stands under it.</summary>
internal sealed partial record MarkdownSection(string Title, IReadOnlyList<string> Lines, IReadOnlyList<MarkdownSection> Parts)
{
    private const string Fence = "```";

    /// <summary>The first fenced block, without its fences; empty where there is none.</summary>
    public string Code => string.Join(
        '\n', Lines.SkipWhile(line => !IsFence(line)).Skip(1).TakeWhile(line => !IsFence(line)));

    /// <summary>Reads lines into sections whose headings have a number of signs, each with its sub-sections.</summary>
    public static IReadOnlyList<MarkdownSection> Split(IEnumerable<string> lines, int level)
    {
        string heading = new string('#', level) + " ";
        var sections = new List<(string Title, List<string> Lines)>();
        var isCode = false;
        foreach (string line in lines)
        {
            isCode ^= IsFence(line);
            if (!isCode && line.StartsWith(heading, StringComparison.Ordinal))
            {
                sections.Add((line[heading.Length..].Trim(), []));
            }
            else if (sections.Count > 0)
            {
                sections[^1].Lines.Add(line);
            }
        }

        return [.. sections.Select(section => new MarkdownSection(section.Title, section.Lines, level < 3 ? Split(section.Lines, level + 1) : []))];
    }

    /// <summary>The paragraphs and list entries outside code, as plain text.</summary>
    public IReadOnlyList<string> Paragraphs()
    {
        var paragraphs = new List<string>();
        var isOpen = false;
        var isCode = false;
        foreach (string line in Lines)
        {
            isCode ^= IsFence(line);
            if (isCode || IsFence(line) || line.Length == 0)
            {
                isOpen = false;
            }
            else if (isOpen && !line.StartsWith("- ", StringComparison.Ordinal))
            {
                paragraphs[^1] += " " + Plain(line.Trim());
            }
            else
            {
                paragraphs.Add(Plain(line.Trim()));
                isOpen = true;
            }
        }

        return paragraphs;
    }

    private static bool IsFence(string line) => line.StartsWith(Fence, StringComparison.Ordinal);

    private static string Plain(string text) => Link().Replace(text, "$1")
        .Replace("`", "", StringComparison.Ordinal)
        .Replace("**", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();
}
