namespace DataResilience.PostgreSql;

/// <summary>A table as the snapshot has it.</summary>
/// <param name="Oid">Its number, which a table of the same name made later does not have.</param>
/// <param name="Schema">The schema it is in.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsHeap">Whether its rows stand in pages of PostgreSQL's own kind.</param>
/// <param name="IsUnlogged">Whether a standby has nothing of its rows.</param>
/// <param name="IsReadable">Whether it may be read, and so locked.</param>
/// <param name="IsSystem">Whether it is one of the server's own.</param>
/// <param name="Pages">How many pages its rows take, counted after the snapshot was taken.</param>
internal sealed record SourceRelation(
    uint Oid, string Schema, string Name, bool IsHeap, bool IsUnlogged, bool IsReadable, bool IsSystem, long Pages)
{
    /// <summary>The table that it is a partition of; 0 for what is none.</summary>
    internal uint PartitionOf { get; init; }

    /// <summary>The tables without which it cannot be made: those that it inherits from, or that a column has its type of.</summary>
    internal IReadOnlyList<uint> Needs { get; init; } = [];

    /// <summary>
    /// Whether a rule of another table or a function in SQL reads it, or another table uses its sequence: to write these down is to
    /// lock it.
    /// </summary>
    internal bool IsReadByCode { get; init; }

    internal string QualifiedName => $"{Schema}.{Name}";
}
