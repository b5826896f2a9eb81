namespace DataResilience.MySql;

/// <summary>A view while it is read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">Its definition.</param>
/// <param name="CharacterSetClient">The character set of the client that gave it.</param>
/// <param name="CollationConnection">The collation of the connection that gave it.</param>
internal sealed record View(string Name, ViewDefinition Definition, string CharacterSetClient, string CollationConnection)
{
    internal string Owner { get; init; } = "";

    /// <summary>Why the server cannot use it; empty where it can.</summary>
    internal string Fault { get; init; } = "";
}
