using System.CommandLine;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience databases</c>.</summary>
internal sealed class DatabasesCommand : ListCommand<GetDatabaseRequest, Database>
{
    private readonly Positional<DatabaseEndpoint> source =
        new("source", "A database, a server, or for SQLite a file or a directory: sqlite:data.", Values.Endpoint);

    private readonly ListOption name = new("--name", "glob", "Only databases whose name matches.");

    private readonly ValueOption<DatabaseDetail> detail =
        new("--detail", "detail", $"How closely to look: {Values.Names<DatabaseDetail>()}. Default: counts.", Values.Name<DatabaseDetail>);

    public DatabasesCommand(CommandRunner runner)
        : base("databases", "Lists the databases that can be backed up.", runner, Effect.Reads)
    {
        source.AddTo(this);
        Add(name);
        Add(detail);
        AddEffectOptions();
    }

    public override GetDatabaseRequest Bind(ParseResult parse)
    {
        var defaults = new GetDatabaseRequest();
        return defaults with { Source = source.Get(parse), Name = name.Get(parse), Detail = detail.Get(parse, defaults.Detail) };
    }

    public override IRenderable View(IReadOnlyList<Database> result) => DatabaseViews.List(result);
}
