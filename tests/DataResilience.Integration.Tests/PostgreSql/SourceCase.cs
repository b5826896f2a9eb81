using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>One way in which a database cannot be backed up, and what must be answered.</summary>
/// <param name="Expected">The error.</param>
/// <param name="Advice">What the advice must say.</param>
/// <param name="Change">Asks for it.</param>
internal sealed record SourceCase(ErrorDefinition Expected, string Advice, Func<ServerScene, BackupDatabaseRequest, BackupDatabaseRequest> Change)
{
    public PostgreSqlServer Server { get; init; } = PostgreSqlServer.Release;

    /// <summary>What the message must name.</summary>
    public required Func<ServerScene, string[]> Names { get; init; }

    /// <summary>Makes the scene bad, before it is looked at for the first time.</summary>
    public Func<ServerScene, Task> Arrange { get; init; } = _ => Task.CompletedTask;

    /// <summary>Does something around the backup.</summary>
    public Func<ServerScene, Func<Task>, Task> Around { get; init; } = (_, work) => work();

    public Func<ServerScene, IDatabaseProvider>? Provider { get; init; }

    /// <summary>Beginnings of paths in the repository that may come: whole objects that the next run uses.</summary>
    public IReadOnlyList<string> MayCome { get; init; } = [];
}
