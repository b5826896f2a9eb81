namespace DataResilience.HelpGenerator;

/// <summary>The page of one cmdlet.</summary>
internal sealed record HelpPage
{
    private const int FewestExamples = 2;

    private static readonly Dictionary<string, string> CommonParameters = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Shows what would be done, and changes nothing: no object, no lock, no file.",
        ["Confirm"] = "Asks before anything is done. -Confirm:$false asks nothing.",
    };

    public required string Path { get; init; }

    public required IReadOnlyList<MarkdownSection> Sections { get; init; }

    public string Synopsis => string.Join(' ', Section("Synopsis").Paragraphs());

    public IReadOnlyList<string> Description => Section("Description").Paragraphs();

    public IReadOnlyList<MarkdownSection> Examples => Section("Examples").Parts;

    public IReadOnlyList<MarkdownSection> Inputs => Section("Inputs").Parts;

    public IReadOnlyList<MarkdownSection> Outputs => Section("Outputs").Parts;

    public IReadOnlyList<string> Errors => Section("Errors").Paragraphs();

    public IReadOnlyList<string> Related => [.. Section("Related").Paragraphs().Select(entry => entry.TrimStart('-', ' '))];

    /// <summary>Reads a page and sees to it that it says everything that help needs.</summary>
    public static HelpPage Read(string path, CmdletSyntax syntax)
    {
        if (!File.Exists(path))
        {
            throw new HelpPageException(path, $"{syntax.Name} has no page");
        }

        var title = MarkdownSection.Split(File.ReadLines(path), 1);
        if (title.Count != 1 || title[0].Title != syntax.Name)
        {
            throw new HelpPageException(path, $"the title is not {syntax.Name}");
        }

        var page = new HelpPage { Path = path, Sections = title[0].Parts };
        page.Check(syntax);
        return page;
    }

    /// <summary>What a parameter's section says.</summary>
    public IReadOnlyList<string> Parameter(string name) =>
        CommonParameters.TryGetValue(name, out string? text) ? [text] : ParameterSection(name)?.Paragraphs() ?? [];

    private MarkdownSection? ParameterSection(string name) =>
        Section("Parameters").Parts.SingleOrDefault(part => part.Title == "-" + name);

    private MarkdownSection Section(string title) =>
        Sections.SingleOrDefault(section => section.Title == title)
        ?? throw new HelpPageException(Path, $"it needs one section \"{title}\"");

    private void Check(CmdletSyntax syntax)
    {
        Require(Synopsis.Length > 0, "the synopsis is empty");
        Require(Description.Count > 0, "the description is empty");
        Require(Examples.Count >= FewestExamples && Examples.All(example => example.Code.Length > 0),
            $"it needs {FewestExamples} examples, each with its code");
        foreach (string name in syntax.ParameterNames)
        {
            Require(Parameter(name).Count > 0, $"the parameter -{name} is not described");
        }

        foreach (var part in Section("Parameters").Parts)
        {
            Require(syntax.ParameterNames.Contains(part.Title.TrimStart('-')), $"there is no parameter {part.Title}");
        }

        Require(Inputs.Count > 0 && Outputs.Count > 0 && Errors.Count > 0 && Related.Count > 0,
            "inputs, outputs, errors and related commands have each at least one entry");
    }

    private void Require(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new HelpPageException(Path, otherwise);
        }
    }
}
