namespace DataResilience.MySql;

/// <summary>A piece of an SQL text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is, at least 1.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length)
{
    internal int End => Start + Length;

    /// <summary>Whether it says anything to the server.</summary>
    internal bool IsSignificant => Kind is not (SqlTokenKind.Space or SqlTokenKind.Comment);
}
