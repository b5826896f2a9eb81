using DataResilience.Console.Output;

namespace DataResilience.Console.Commands;

/// <summary>A command whose result is a list: one line of JSON for each item.</summary>
/// <typeparam name="TRequest">The operation's request.</typeparam>
/// <typeparam name="TItem">An item of its result.</typeparam>
internal abstract class ListCommand<TRequest, TItem> : OperationCommand<TRequest, IReadOnlyList<TItem>>
    where TRequest : class, IOperationRequest<IReadOnlyList<TItem>>
{
    protected ListCommand(string name, string description, CommandRunner runner, Effect effect)
        : base(name, description, runner, effect)
    {
    }

    public override IEnumerable<string> JsonLines(IReadOnlyList<TItem> result) => result.Select(JsonLine.Of);

    // Nothing matched is never an empty success, whatever an operation makes of it.
    public override int ExitCodeOf(IReadOnlyList<TItem> result) => result.Count == 0 ? ExitCode.NothingMatched : ExitCode.Done;
}
