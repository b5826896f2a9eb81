using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>One way in which a backup cannot be restored, and what must be answered.</summary>
/// <param name="Expected">The error.</param>
/// <param name="Advice">What the advice must say.</param>
/// <param name="Change">Asks for it.</param>
internal sealed record TargetCase(ErrorDefinition Expected, string Advice, Func<ServerScene, RestoreDatabaseRequest, RestoreDatabaseRequest> Change)
{
    public PostgreSqlServer From { get; init; } = PostgreSqlServer.Release;

    public PostgreSqlServer To { get; init; } = PostgreSqlServer.Release;

    /// <summary>What the message must name, and the plan with it.</summary>
    public required Func<ServerScene, string[]> Names { get; init; }

    /// <summary>Done before the backup.</summary>
    public Func<ServerScene, Task> Arrange { get; init; } = _ => Task.CompletedTask;

    /// <summary>Done after the backup, before the scene is looked at for the first time.</summary>
    public Func<ServerScene, Task> Then { get; init; } = _ => Task.CompletedTask;

    /// <summary>Does something around the restore.</summary>
    public Func<ServerScene, Func<Task>, Task> Around { get; init; } = (_, work) => work();

    public Func<ServerScene, IDatabaseProvider>? Provider { get; init; }

    /// <summary>Whether it can be known beforehand.</summary>
    public bool IsForeseen { get; init; } = true;
}
