namespace DataResilience;

/// <summary>One finding of a verification.</summary>
public sealed record IntegrityProblem
{
    /// <summary>The name of the object in the repository.</summary>
    public required string Object { get; init; }

    /// <summary>The table it costs; empty where it is not a table's.</summary>
    public string Table { get; init; } = "";

    /// <summary>What is wrong.</summary>
    public required ProblemKind Kind { get; init; }

    /// <summary>What should be there.</summary>
    public string Expected { get; init; } = "";

    /// <summary>What is there.</summary>
    public string Actual { get; init; } = "";

    /// <summary>Whether another copy or the packs hold what is needed, so that nothing is lost.</summary>
    public required bool Recoverable { get; init; }

    /// <summary>The finding in a line.</summary>
    /// <returns>A line of text.</returns>
    public override string ToString() => Table.Length == 0 ? $"{Kind}: {Object}" : $"{Kind}: {Object} (table {Table})";
}
