using System.CommandLine;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience key remove</c>.</summary>
internal sealed class RemoveKeyCommand : OperationCommand<RemoveBackupRepositoryKeyRequest, BackupRepositoryKey>
{
    private readonly Positional<string> name = new("name", "The name or id of the key.", Values.Text);
    private readonly RepositoryOptions repository = new();
    private readonly Option<bool> keepGeneration = new("--keep-generation")
    {
        Description = "Leave the repository's keys as they are: what is written from then on stays readable to whoever kept the removed key.",
    };

    public RemoveKeyCommand(CommandRunner runner)
        : base("remove", "Removes a key from a repository.", runner, Effect.Changes)
    {
        name.AddTo(this);
        repository.AddTo(this);
        Add(keepGeneration);
        AddEffectOptions();
    }

    public override RemoveBackupRepositoryKeyRequest Bind(ParseResult parse) => repository.Apply(parse, new RemoveBackupRepositoryKeyRequest
    {
        Name = name.Get(parse) ?? "",
        KeepGeneration = parse.GetValue(keepGeneration),
    });

    public override IRenderable View(BackupRepositoryKey result) => new Details().Line("Removed", result.Name).Line("Id", result.KeyId).Build();
}
