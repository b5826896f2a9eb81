using System.CommandLine;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience list</c>.</summary>
internal sealed class ListBackupsCommand : ListCommand<GetDatabaseBackupRequest, Backup>
{
    private readonly RepositoryOptions repository = new();
    private readonly ValueOption<BackupReference> backup = CommandOptions.Backup("Default: all that match.");
    private readonly ListOption database = new("--database", "glob", "Only backups of databases that match.");
    private readonly ValueOption<DatabaseEngine?> engine =
        new("--engine", "engine", $"Only backups of this engine: {Values.Names<DatabaseEngine>()}.", (name, text) => Values.Name<DatabaseEngine>(name, text));

    private readonly ValueOption<DateTime?> since;
    private readonly Option<bool> latest = new("--latest") { Description = "Only the newest backup of each database." };

    public ListBackupsCommand(CommandRunner runner)
        : base("list", "Lists backups, oldest first.", runner, Effect.Reads)
    {
        since = new ValueOption<DateTime?>(
            "--since", "time", "Only backups that began then or later: 7d, '2h ago', 2026-11-22T10:15:00Z.",
            (name, text) => Values.PointInTime(name, text, Time));
        repository.AddTo(this);
        Add(backup);
        Add(database);
        Add(engine);
        Add(since);
        Add(latest);
        AddEffectOptions();
    }

    public override GetDatabaseBackupRequest Bind(ParseResult parse) => repository.Apply(parse, new GetDatabaseBackupRequest
    {
        Backup = backup.Get(parse),
        Database = database.Get(parse),
        Engine = engine.Get(parse),
        Since = since.Get(parse),
        Latest = parse.GetValue(latest),
    });

    public override IRenderable View(IReadOnlyList<Backup> result) => BackupViews.List(result, Time);
}
