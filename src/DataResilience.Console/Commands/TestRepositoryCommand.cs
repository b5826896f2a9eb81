using System.CommandLine;
using DataResilience.Console.Output.Views;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience repository test</c>.</summary>
internal sealed class TestRepositoryCommand : ListCommand<TestBackupRepositoryRequest, RepositoryCheck>
{
    private readonly RepositoryOptions repository = new();

    public TestRepositoryCommand(CommandRunner runner)
        : base("test", "Tries out whether the object store does what a repository needs. Ends with 1 where it does not.", runner, Effect.Changes)
    {
        repository.AddTo(this);
        AddEffectOptions();
    }

    public override TestBackupRepositoryRequest Bind(ParseResult parse) => repository.Apply(parse, new TestBackupRepositoryRequest());

    public override int ExitCodeOf(IReadOnlyList<RepositoryCheck> result) =>
        result.Any(check => check.Status == CheckStatus.Failed) ? ExitCode.Failed : base.ExitCodeOf(result);

    public override IRenderable View(IReadOnlyList<RepositoryCheck> result) => RepositoryViews.Checks(result);
}
