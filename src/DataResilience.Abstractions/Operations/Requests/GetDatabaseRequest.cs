namespace DataResilience;

/// <summary>Lists the databases at an endpoint.</summary>
public sealed record GetDatabaseRequest : IOperationRequest<IReadOnlyList<Database>>
{
    /// <summary>The endpoint: a database, a server, or for SQLite a file or a directory.</summary>
    public DatabaseEndpoint? Source { get; init; }

    /// <summary>Names, wildcards allowed; empty means all.</summary>
    public IReadOnlyList<string> Name { get; init; } = [];

    /// <summary>How closely to look at each.</summary>
    public DatabaseDetail Detail { get; init; } = DatabaseDetail.Counts;
}
