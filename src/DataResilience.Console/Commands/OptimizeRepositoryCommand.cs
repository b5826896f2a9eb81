using System.CommandLine;
using DataResilience.Console.Output.Views;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience repository optimize</c>.</summary>
internal sealed class OptimizeRepositoryCommand : OperationCommand<OptimizeBackupRepositoryRequest, RepositoryOptimization>
{
    private readonly RepositoryOptions repository = new();
    private readonly Option<bool> rebuildIndex =
        new("--rebuild-index") { Description = "Rebuild the index from the packs. Without it nothing is changed." };

    public OptimizeRepositoryCommand(CommandRunner runner)
        : base("optimize", "Reports what no backup needs, and rebuilds the index.", runner, Effect.Changes)
    {
        repository.AddTo(this);
        Add(rebuildIndex);
        AddEffectOptions();
    }

    public override OptimizeBackupRepositoryRequest Bind(ParseResult parse) =>
        repository.Apply(parse, new OptimizeBackupRepositoryRequest { RebuildIndex = parse.GetValue(rebuildIndex) });

    public override IRenderable View(RepositoryOptimization result) => RepositoryViews.Optimization(result);
}
