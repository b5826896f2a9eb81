using System.Text.RegularExpressions;
using DataResilience.Testing;

namespace DataResilience.Engine.Tests.Architecture;

/// <summary>One C# source file, and what the tidiness tests find wrong in it.</summary>
internal sealed partial class SourceText
{
    private const int MostLines = 400;

    private readonly string path;
    private readonly string[] lines;
    private readonly string code;

    public SourceText(string path, string text)
    {
        this.path = path;
        lines = text.Split('\n');
        code = NotCode().Replace(text, match => match.Value.StartsWith('/') ? string.Empty : "\"\"");
    }

    /// <summary>Every C# file of src.</summary>
    public static IEnumerable<SourceText> All =>
        RepositoryLayout.SourceFiles(".cs")
            .Select(path => new SourceText(Path.GetRelativePath(RepositoryLayout.Root, path), File.ReadAllText(path)));

    private IEnumerable<string> Types => TypeDeclaration().Matches(code).Select(match => match.Groups["name"].Value);

    public IEnumerable<string> TooLong()
    {
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        return count > MostLines ? [$"{path}: {count} lines, {MostLines} at most"] : [];
    }

    public IEnumerable<string> TodoWithoutIssue() =>
        Lines(line => Todo().IsMatch(line) && !TodoOfIssue().IsMatch(line), "a TODO names its issue: TODO #12");

    public IEnumerable<string> TrailingWhitespace() =>
        Lines(line => line.Length > 0 && char.IsWhiteSpace(line[^1]), "white space at the end");

    public IEnumerable<string> EmptyCatch() =>
        EmptyCatchBlock().IsMatch(code) ? [$"{path}: a catch block that does nothing"] : [];

    public IEnumerable<string> VagueTypeNames() =>
        Types.Where(name => VagueName().IsMatch(name)).Select(name => $"{path}: {name} does not say what it is");

    /// <summary>Another.cs holds Another; Another.Part.cs may hold a part of it; a file without types has any name.</summary>
    public IEnumerable<string> FileNameOfNoType()
    {
        var expected = Path.GetFileName(path).Split('.')[0];
        var types = Types.ToList();
        return types.Count > 0 && !types.Contains(expected) ? [$"{path}: holds {types[0]}, not {expected}"] : [];
    }

    private IEnumerable<string> Lines(Func<string, bool> isWrong, string reason) =>
        lines.Index().Where(line => isWrong(line.Item)).Select(line => $"{path}:{line.Index + 1}: {reason}");

    // Raw strings, verbatim strings, strings, characters, block comments, line comments.
    [GeneratedRegex("""""
        "{3,}.*?"{3,}|@\$?"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|/\*.*?\*/|//[^\n]*
        """"",
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotCode();

    [GeneratedRegex(@"^[ \t]*(?:[a-z]+\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>?\[\],. ]+?)\s+(?<name>[A-Z]\w*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\bcatch\b[^{}]*\{\s*\}")]
    private static partial Regex EmptyCatchBlock();

    [GeneratedRegex("(Helpers?|Utils?|Manager)$", RegexOptions.ExplicitCapture)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\bTODO\b")]
    private static partial Regex Todo();

    [GeneratedRegex(@"\bTODO #\d+")]
    private static partial Regex TodoOfIssue();
}
