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

    /// <summary>Size in bytes as the engine reports it.</summary>
    public required long Size { get; init; }

    /// <summary>How many tables it holds.</summary>
    public required int Tables { get; init; }

    /// <summary>The owner where the engine has one, otherwise empty.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The text encoding of the database.</summary>
    public string Encoding { get; init; } = "";

    /// <summary>The endpoint URI, which binds wherever a source is asked for.</summary>
    /// <returns>The endpoint URI.</returns>
    public override string ToString() => Endpoint.ToString();
}
