using System.CommandLine;
using DataResilience.Console.Output.Views;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience repository show</c>.</summary>
internal sealed class ShowRepositoryCommand : OperationCommand<GetBackupRepositoryRequest, BackupRepository>
{
    private readonly RepositoryOptions repository = new();

    public ShowRepositoryCommand(CommandRunner runner)
        : base("info", "Tells what a repository holds.", runner, Effect.Reads)
    {
        Aliases.Add("show");
        repository.AddTo(this);
        AddEffectOptions();
    }

    public override GetBackupRepositoryRequest Bind(ParseResult parse) => repository.Apply(parse, new GetBackupRepositoryRequest());

    public override IRenderable View(BackupRepository result) => RepositoryViews.One(result, Time);
}
