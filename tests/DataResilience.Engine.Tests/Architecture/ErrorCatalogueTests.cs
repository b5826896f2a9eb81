using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DataResilience.Testing;

namespace DataResilience.Engine.Tests.Architecture;

/// <summary>docs/errors.md is generated from the catalogue: DATARESILIENCE_UPDATE_DOCS=1 writes it anew.</summary>
public sealed partial class ErrorCatalogueTests
{
    [Fact]
    public void The_page_of_errors_is_what_the_catalogue_says()
    {
        string path = Path.Combine(RepositoryLayout.Root, "docs", "errors.md");
        string page = Render();
        if (Environment.GetEnvironmentVariable("DATARESILIENCE_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_code_is_a_PascalCase_word_that_stands_once()
    {
        Assert.All(Errors.All, entry => Assert.Matches("^[A-Z][A-Za-z]+$", entry.Code));
        Assert.Equal(Errors.All.Count, Errors.All.Select(entry => entry.Code).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_code_is_the_name_of_its_entry() =>
        Assert.Equal(
            Errors.All.Select(entry => entry.Code).Order(StringComparer.Ordinal),
            typeof(Errors).GetProperties().Where(property => property.PropertyType == typeof(ErrorDefinition)).Select(property => property.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_entry_says_what_happened_and_what_to_do()
    {
        Assert.All(Errors.All, entry => Assert.EndsWith(".", entry.Message, StringComparison.Ordinal));
        Assert.All(Errors.All, entry => Assert.EndsWith(".", entry.RecommendedAction.TrimEnd('}', '"').TrimEnd(), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_entry_is_thrown_somewhere()
    {
        string source = string.Concat(
            Directory.EnumerateFiles(Path.Combine(RepositoryLayout.Root, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith("Errors.cs", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .Select(File.ReadAllText));
        string[] unused = [.. Errors.All.Select(entry => entry.Code).Where(code => !source.Contains($"Errors.{code}", StringComparison.Ordinal))];
        Assert.Empty(unused);
    }

    private static string Render()
    {
        var page = new StringBuilder("# Errors\n\nGenerated from the catalogue in `src/DataResilience.Abstractions/Errors/Errors.cs`. ")
            .Append("Codes are a contract: they are the `ErrorId` of a cmdlet's error record and `errorCode` in the console's JSON.\n");
        foreach (IGrouping<ErrorKind, ErrorDefinition> group in Errors.All.GroupBy(entry => entry.Kind).OrderBy(group => group.Key))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {group.Key} (exit code {ExitCodeOf(group.Key)})\n\n| code | what happened | what to do |\n|---|---|---|\n");
            foreach (ErrorDefinition entry in group)
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{entry.Code}` | {Cell(entry.Message)} | {Cell(entry.RecommendedAction)} |\n");
            }
        }

        return page.ToString();
    }

    private static int ExitCodeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Usage => 2,
        ErrorKind.Damaged => 3,
        ErrorKind.NothingMatched => 4,
        ErrorKind.Busy => 5,
        _ => 1,
    };

    private static string Cell(string text) => Place().Replace(text.Replace("|", "\\|", StringComparison.Ordinal), "…");

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
