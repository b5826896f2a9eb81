using System.CommandLine;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience backup</c>.</summary>
internal sealed class BackupCommand : OperationCommand<BackupDatabaseRequest, Backup>
{
    private readonly Positional<DatabaseEndpoint> source = new("source", "The database, for example sqlite:shop.db.", Values.Endpoint);
    private readonly RepositoryOptions repository = new();
    private readonly ListOption table = new("--table", "glob", "Take only tables that match.");
    private readonly ListOption excludeTable = new("--exclude-table", "glob", "Leave out tables that match.");
    private readonly Option<bool> schemaOnly = new("--schema-only") { Description = "Take the schema alone, no rows." };
    private readonly Option<bool> includeRoles = new("--include-roles", "--include-users") { Description = "Take the roles that the database needs with it." };
    private readonly ValueOption<int?> throttleLimit = CommandOptions.ThrottleLimit();
    private readonly ValueOption<TimeSpan> lockTimeout = CommandOptions.LockTimeout("source");
    private readonly ValueOption<LockMode> lockMode =
        new("--lock-mode", "mode", $"MySQL and MariaDB: how one state is held still while workers begin: {Values.Names<LockMode>()}. Default: auto.", Values.Name<LockMode>);


    private readonly ValueOption<string> reason = new("--reason", "text", "Why it is taken; kept with the backup.", Values.Text);
    private readonly ListOption tag = new("--tag", "text", "A tag; kept with the backup.");

    public BackupCommand(CommandRunner runner)
        : base("backup", "Takes a backup of a database.", runner, Effect.Changes)
    {
        source.AddTo(this);
        repository.AddTo(this);
        Add(table);
        Add(excludeTable);
        Add(schemaOnly);
        Add(includeRoles);
        Add(throttleLimit);
        Add(lockTimeout);
        Add(lockMode);
        Add(reason);
        Add(tag);
        AddEffectOptions();
    }

    public override BackupDatabaseRequest Bind(ParseResult parse)
    {
        var defaults = new BackupDatabaseRequest();
        return repository.Apply(parse, defaults with
        {
            Source = source.Get(parse),
            Table = table.Get(parse),
            ExcludeTable = excludeTable.Get(parse),
            SchemaOnly = parse.GetValue(schemaOnly),
            IncludeRoles = parse.GetValue(includeRoles),
            ThrottleLimit = throttleLimit.Get(parse),
            LockTimeout = lockTimeout.Get(parse, defaults.LockTimeout),
            LockMode = lockMode.Get(parse, defaults.LockMode),
            Reason = reason.Get(parse, defaults.Reason),
            Tag = tag.Get(parse),
        });
    }

    public override IRenderable View(Backup result) => BackupViews.One(result);
}
