using System.CommandLine;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience remove</c>.</summary>
internal sealed class RemoveCommand : OperationCommand<RemoveDatabaseBackupRequest, Backup>
{
    private readonly Positional<BackupReference> backup = new("backup", "A backup id, a unique beginning or end of one, or latest.", Values.Backup);
    private readonly RepositoryOptions repository = new();
    private readonly ValueOption<string> database = CommandOptions.Database();
    private readonly Option<bool> allowLastBackup =
        new("--allow-last-backup") { Description = "Allow deleting the last backup of a database." };

    private readonly ValueOption<string> reason = new("--reason", "text", "Why; kept in the record of the deletion.", Values.Text);

    public RemoveCommand(CommandRunner runner)
        : base("remove", "Deletes a backup. Asks first.", runner, Effect.Destroys)
    {
        backup.AddTo(this);
        repository.AddTo(this);
        Add(database);
        Add(allowLastBackup);
        Add(reason);
        AddEffectOptions();
    }

    public override RemoveDatabaseBackupRequest Bind(ParseResult parse)
    {
        var defaults = new RemoveDatabaseBackupRequest();
        return repository.Apply(parse, defaults with
        {
            Backup = backup.Get(parse),
            Database = database.Get(parse),
            AllowLastBackup = parse.GetValue(allowLastBackup),
            Reason = reason.Get(parse, defaults.Reason),
        });
    }

    public override IRenderable View(Backup result) => new Details().Line("Removed", result.BackupId).Build();
}
