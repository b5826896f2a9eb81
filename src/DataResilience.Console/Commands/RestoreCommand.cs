using System.CommandLine;
using DataResilience.Console.Output.Views;
using DataResilience.Console.Parsing;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience restore</c>.</summary>
internal sealed class RestoreCommand : OperationCommand<RestoreDatabaseRequest, RestoreResult>
{
    private readonly RestoreOptions options = new();
    private readonly ValueOption<int?> throttleLimit = CommandOptions.ThrottleLimit();
    private readonly ValueOption<TimeSpan> lockTimeout = CommandOptions.LockTimeout("target");

    public RestoreCommand(CommandRunner runner)
        : base("restore", "Restores a backup and proves the copy equal to it.", runner, Effect.Changes)
    {
        options.AddTo(this);
        Add(throttleLimit);
        Add(lockTimeout);
        AddEffectOptions();
    }

    public override RestoreDatabaseRequest Bind(ParseResult parse)
    {
        var defaults = new RestoreDatabaseRequest();
        return options.Apply(parse, defaults with
        {
            ThrottleLimit = throttleLimit.Get(parse),
            LockTimeout = lockTimeout.Get(parse, defaults.LockTimeout),
        });
    }

    public override IRenderable View(RestoreResult result) => RestoreViews.Result(result);
}
