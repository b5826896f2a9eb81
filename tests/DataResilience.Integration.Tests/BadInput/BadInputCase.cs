namespace DataResilience.Integration.Tests.BadInput;

/// <summary>One way to ask for what cannot be done, and what must be answered.</summary>
/// <param name="Expected">The error.</param>
/// <param name="Names">What the message must name.</param>
/// <param name="Act">Asks for it.</param>
internal sealed record BadInputCase(ErrorDefinition Expected, string Names, Func<BadInputScene, Task> Act)
{
    /// <summary>Makes the scene bad, before it is looked at for the first time.</summary>
    public Func<BadInputScene, Task> Arrange { get; init; } = _ => Task.CompletedTask;

    /// <summary>Beginnings of paths in the repository that may come: whole objects that the next run uses or that say a run has ended.</summary>
    public IReadOnlyList<string> MayCome { get; init; } = [];
}
