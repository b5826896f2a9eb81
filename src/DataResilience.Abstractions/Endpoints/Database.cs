namespace DataResilience;

/// <summary>A database that can be backed up.</summary>
public sealed record Database
{
    /// <summary>The database's name; for SQLite, the file name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>The engine that holds it.</summary>
    public required DatabaseEngine Engine { get; init; }

    /// <summary>The engine's version.</summary>
    public required string EngineVersion { get; init; }

    /// <summary>The server; the host's name for an embedded engine.</summary>
    public required string Server { get; init; }

    /// <summary>Where it is, ready to be given as <c>-Source</c>.</summary>
    public required DatabaseEndpoint Endpoint { get; init; }

    /// <summary>Size in bytes as the engine reports it; null where the user is not told.</summary>
    public required long? Size { get; init; }

    /// <summary>How many tables it holds; null where that is not known.</summary>
    public required int? Tables { get; init; }

    /// <summary>The names of the tables as <c>-Table</c> takes them, where <see cref="DatabaseDetail.Tables"/> was asked for.</summary>
    public IReadOnlyList<string> TableNames { get; init; } = [];

    /// <summary>The owner where the engine has one, otherwise empty.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The text encoding of the database.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>Why the database could not be looked into, so that something of it is not known; otherwise empty.</summary>
    public string Obstacle { get; init; } = "";

    /// <summary>The endpoint URI, which binds wherever a source is asked for.</summary>
    /// <returns>The endpoint URI.</returns>
    public override string ToString() => Endpoint.ToString();
}
