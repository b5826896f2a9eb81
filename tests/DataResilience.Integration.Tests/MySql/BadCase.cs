using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>One way in which a backup cannot be taken, or restored, and what must be answered.</summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <param name="Expected">The error.</param>
/// <param name="Advice">What the advice must say.</param>
/// <param name="Change">Asks for it.</param>
internal sealed record BadCase<TRequest>(ErrorDefinition Expected, string Advice, Func<ServerScene, TRequest, TRequest> Change)
{
    public MySqlServer From { get; init; } = MySqlServer.MySql;

    public MySqlServer To { get; init; } = MySqlServer.MySql;

    /// <summary>What the message must name, and of a restore that can be foreseen the plan with it.</summary>
    public required Func<ServerScene, string[]> Names { get; init; }

    /// <summary>Done before the backup.</summary>
    public Func<ServerScene, Task> Arrange { get; init; } = _ => Task.CompletedTask;

    /// <summary>Done after the backup that is to be restored, before the scene is looked at for the first time.</summary>
    public Func<ServerScene, Task> Then { get; init; } = _ => Task.CompletedTask;

    /// <summary>Does something around it.</summary>
    public Func<ServerScene, Func<Task>, Task> Around { get; init; } = (_, work) => work();

    public Func<ServerScene, IDatabaseProvider>? Provider { get; init; }

    /// <summary>Whether a plan knows it beforehand.</summary>
    public bool IsForeseen { get; init; } = true;

    /// <summary>Beginnings of paths in the repository that may come: whole objects that the next run uses.</summary>
    public IReadOnlyList<string> MayCome { get; init; } = [];
}
