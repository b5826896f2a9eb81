using System.CommandLine;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience verify</c>.</summary>
internal sealed class VerifyCommand : ListCommand<TestBackupIntegrityRequest, BackupIntegrity>
{
    private readonly RepositoryOptions repository = new();
    private readonly ValueOption<BackupReference> backup = CommandOptions.Backup("Default: everything in the repository.");
    private readonly ValueOption<string> database = CommandOptions.Database();
    private readonly ValueOption<IntegrityLevel> level =
        new("--level", "level", $"How deep: {Values.Names<IntegrityLevel>()}. Default: checksum.", Values.Name<IntegrityLevel>);

    private readonly ValueOption<DatabaseEndpoint> target =
        new("--target", "target", "Where level restore restores to; it must not exist and is dropped afterwards.", Values.Endpoint);

    private readonly Option<bool> noOwner = new("--no-owner", "--strip-definer") { Description = "At level restore: leave everything to the user who restores." };
    private readonly Option<bool> noPrivileges = new("--no-privileges") { Description = "At level restore: leave out GRANT and REVOKE." };
    private readonly ValueOption<int?> throttleLimit = CommandOptions.ThrottleLimit();

    public VerifyCommand(CommandRunner runner)
        : base("verify", "Says what is damaged. Ends with 3 where anything is.", runner, Effect.Changes)
    {
        repository.AddTo(this);
        Add(backup);
        Add(database);
        Add(level);
        Add(target);
        Add(noOwner);
        Add(noPrivileges);
        Add(throttleLimit);
        AddEffectOptions();
    }

    public override TestBackupIntegrityRequest Bind(ParseResult parse)
    {
        var defaults = new TestBackupIntegrityRequest();
        return repository.Apply(parse, defaults with
        {
            Backup = backup.Get(parse),
            Database = database.Get(parse),
            Level = level.Get(parse, defaults.Level),
            Target = target.Get(parse),
            NoOwner = parse.GetValue(noOwner),
            NoPrivileges = parse.GetValue(noPrivileges),
            ThrottleLimit = throttleLimit.Get(parse),
        });
    }

    public override int ExitCodeOf(IReadOnlyList<BackupIntegrity> result) =>
        result.Any(one => one.IsValid == false || one.ProblemCount > 0) ? ExitCode.Damaged : base.ExitCodeOf(result);

    public override IRenderable View(IReadOnlyList<BackupIntegrity> result) => IntegrityViews.List(result);
}
