using System.CommandLine;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience key list</c>.</summary>
internal sealed class ListKeysCommand : ListCommand<GetBackupRepositoryKeyRequest, BackupRepositoryKey>
{
    private readonly RepositoryOptions repository = new();
    private readonly ListOption name = new("--name", "glob", "Only keys whose name or id matches.");

    public ListKeysCommand(CommandRunner runner)
        : base("list", "Lists the keys of a repository.", runner, Effect.Reads)
    {
        repository.AddTo(this);
        Add(name);
        AddEffectOptions();
    }

    public override GetBackupRepositoryKeyRequest Bind(ParseResult parse) =>
        repository.Apply(parse, new GetBackupRepositoryKeyRequest { Name = name.Get(parse) });

    public override IRenderable View(IReadOnlyList<BackupRepositoryKey> result) => RepositoryViews.Keys(result);
}
