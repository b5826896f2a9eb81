using System.Management.Automation;
using System.Text.RegularExpressions;
using DataResilience.Testing;

namespace DataResilience.PowerShell.Tests.Help;

public sealed partial class HelpTests(StagedModule module) : IClassFixture<StagedModule>
{
    private const int FewestWords = 4;

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryLayout.Root, "docs", "cmdlets"), "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_cmdlet_has_a_page() =>
        Assert.Equal(module.Cmdlets().Select(cmdlet => cmdlet.Name).Order(StringComparer.Ordinal), Pages.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Get_Help_shows_a_synopsis_two_examples_and_every_parameter(string cmdlet)
    {
        var help = module.Invoke(
            """
            $help = Get-Help -Name $args[0] -Full
            [string] $help.Synopsis
            @($help.examples.example).Count
            $help.parameters.parameter | ForEach-Object { "$($_.name) $(($_.description | ForEach-Object Text) -join ' ')" }
            """,
            cmdlet);
        var parameters = help.Skip(2).Select(line => ((string)line.BaseObject).Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

        Assert.True(Words((string)help[0].BaseObject) >= FewestWords, "the synopsis says too little");
        Assert.True((int)help[1].BaseObject >= 2, "there are fewer than two examples");
        Assert.Equal(Own(cmdlet), parameters.Keys.Order(StringComparer.Ordinal));
        Assert.All(parameters, entry => Assert.True(Words(entry.Value) >= FewestWords, $"-{entry.Key} is not described by more than its name"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_examples_run(string cmdlet)
    {
        using var sandbox = new Sandbox().WithBackups();
        string page = File.ReadAllText(Path.Combine(RepositoryLayout.Root, "docs", "cmdlets", cmdlet + ".md"));
        var examples = Example().Matches(page).Select(match => match.Groups["code"].Value).ToList();

        Assert.True(examples.Count >= 2);
        foreach (string example in examples)
        {
            var run = sandbox.Module.Run($". {{ {example} }}");
            Assert.True(run.Errors.Count == 0, $"{example}: {string.Join("; ", run.Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"))}");
        }
    }

    private static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    private IEnumerable<string> Own(string cmdlet) =>
        module.Cmdlets().Single(candidate => candidate.Name == cmdlet).Parameters.Keys
            .Except(Cmdlet.CommonParameters)
            .Order(StringComparer.Ordinal);

    [GeneratedRegex("```powershell\r?\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
