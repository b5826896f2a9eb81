using System.CommandLine;
using DataResilience.Console.Output;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Commands;

/// <summary>A command that is one operation: it makes the request of the command line and shows the result.</summary>
/// <typeparam name="TRequest">The operation's request.</typeparam>
/// <typeparam name="TResult">The operation's result.</typeparam>
internal abstract class OperationCommand<TRequest, TResult> : Command
    where TRequest : class, IOperationRequest<TResult>
{
    private readonly Option<bool> whatIf =
        new("--what-if", "--dry-run") { Description = "Show what would be done and change nothing." };
    private readonly Option<bool> yes =
        new("--yes", "-y", "--force") { Description = "Do not ask for a confirmation." };

    protected OperationCommand(string name, string description, CommandRunner runner, Effect effect)
        : base(name, description)
    {
        Effect = effect;
        Time = runner.Time;
        SetAction((parse, cancellationToken) => runner.RunAsync(this, parse, cancellationToken));
    }

    public Effect Effect { get; }

    protected TimeProvider Time { get; }

    /// <summary>The request that the command line means.</summary>
    /// <exception cref="DataResilienceException">A value cannot be used.</exception>
    public abstract TRequest Bind(ParseResult parse);

    public abstract IRenderable View(TResult result);

    public virtual IEnumerable<string> JsonLines(TResult result) => [JsonLine.Of(result)];

    public virtual int ExitCodeOf(TResult result) => ExitCode.Done;

    public bool IsWhatIf(ParseResult parse) => Effect != Effect.Reads && parse.GetValue(whatIf);

    public bool HasToAsk(ParseResult parse) => Effect == Effect.Destroys && !parse.GetValue(yes);

    /// <summary>Adds the options that follow from the effect; called last, so that they stand last in the help.</summary>
    protected void AddEffectOptions()
    {
        if (Effect != Effect.Reads)
        {
            Add(whatIf);
        }

        if (Effect == Effect.Destroys)
        {
            Add(yes);
        }
    }
}
