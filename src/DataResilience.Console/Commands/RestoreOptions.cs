using System.CommandLine;
using DataResilience.Console.Parsing;

namespace DataResilience.Console.Commands;

/// <summary>What a restore and its plan have in common.</summary>
internal sealed class RestoreOptions
{
    private readonly Positional<DatabaseEndpoint> target = new("target", "Where to restore to, for example sqlite:copy.db.", Values.Endpoint);
    private readonly RepositoryOptions repository = new();
    private readonly ValueOption<BackupReference> backup = CommandOptions.Backup("Default: latest.");
    private readonly ValueOption<string> database = CommandOptions.Database();
    private readonly ListOption table = new("--table", "glob", "Restore only tables that match, with all that belongs to them.");
    private readonly ListOption excludeTable = new("--exclude-table", "glob", "Leave out tables that match.");
    private readonly Option<bool> schemaOnly = new("--schema-only") { Description = "Restore the schema alone, no rows." };
    private readonly Option<bool> dataOnly = new("--data-only") { Description = "Restore rows alone, into tables that exist." };
    private readonly Option<bool> replace = new("--replace")
    {
        Description = "Consent to replacing what is there: the whole target, or with --table the chosen tables in it.",
    };

    private readonly Option<bool> noOwner = new("--no-owner", "--strip-definer") { Description = "Leave everything to the user who restores, instead of its owners." };
    private readonly Option<bool> noPrivileges = new("--no-privileges") { Description = "Leave out privileges, that is GRANT and REVOKE." };
    private readonly Option<bool> includeRoles = new("--include-roles", "--include-users") { Description = "Create the roles that the backup holds and the target's server lacks." };

    public void AddTo(Command command)
    {
        target.AddTo(command);
        repository.AddTo(command);
        command.Add(backup);
        command.Add(database);
        command.Add(table);
        command.Add(excludeTable);
        command.Add(schemaOnly);
        command.Add(dataOnly);
        command.Add(replace);
        command.Add(noOwner);
        command.Add(noPrivileges);
        command.Add(includeRoles);
    }

    public T Apply<T>(ParseResult parse, T request)
        where T : RestoreRequest
    {
        RestoreRequest general = repository.Apply(parse, request);
        return (T)(general with
        {
            Target = target.Get(parse),
            Backup = backup.Get(parse) ?? new BackupReference(BackupReference.Latest),
            Database = database.Get(parse),
            Table = table.Get(parse),
            ExcludeTable = excludeTable.Get(parse),
            SchemaOnly = parse.GetValue(schemaOnly),
            DataOnly = parse.GetValue(dataOnly),
            Replace = parse.GetValue(replace),
            NoOwner = parse.GetValue(noOwner),
            NoPrivileges = parse.GetValue(noPrivileges),
            IncludeRoles = parse.GetValue(includeRoles),
        });
    }
}
