using System.CommandLine;
using DataResilience.Console.Output.Views;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary><c>dataresilience plan</c>.</summary>
internal sealed class PlanCommand : OperationCommand<GetRestorePlanRequest, RestorePlan>
{
    private readonly RestoreOptions options = new();

    public PlanCommand(CommandRunner runner)
        : base("plan", "Tells what a restore would do, and what stands in its way.", runner, Effect.Reads)
    {
        options.AddTo(this);
        AddEffectOptions();
    }

    public override GetRestorePlanRequest Bind(ParseResult parse) => options.Apply(parse, new GetRestorePlanRequest());

    public override IRenderable View(RestorePlan result) => RestoreViews.Plan(result);
}
