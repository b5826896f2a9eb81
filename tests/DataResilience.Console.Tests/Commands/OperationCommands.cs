using System.CommandLine;
using DataResilience.Console.Commands;
using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Commands;

/// <summary>Every command of the tree that is an operation, found by reflection.</summary>
internal static class OperationCommands
{
    public static IReadOnlyList<Command> All { get; } = [.. Below(new FakeRun().Application.Root).Where(command => RequestOf(command) is not null)];

    public static IReadOnlyList<Type> Requests { get; } =
    [
        .. typeof(IOperations).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsClass && ResultOf(type) is not null).OrderBy(type => type.Name),
    ];

    public static Command For(Type request) => All.Single(command => RequestOf(command) == request);

    /// <summary>The words a user types for the command.</summary>
    public static string[] Path(Command command) =>
        command is RootCommand ? [] : [.. Path((Command)command.Parents.Single()), command.Name];

    public static Type? RequestOf(Command command)
    {
        Type? type = command.GetType();
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(OperationCommand<,>)))
        {
            type = type.BaseType;
        }

        return type?.GetGenericArguments()[0];
    }

    public static Type? ResultOf(Type request) => request.GetInterfaces()
        .SingleOrDefault(part => part.IsGenericType && part.GetGenericTypeDefinition() == typeof(IOperationRequest<>))?
        .GetGenericArguments()[0];

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(Below).Prepend(command);
}
