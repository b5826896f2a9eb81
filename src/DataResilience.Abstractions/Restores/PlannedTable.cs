namespace DataResilience;

/// <summary>A table of a restore plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Size">Bytes of its rows.</param>
/// <param name="Objects">What belongs to it, for example its indexes and triggers; empty where the key cannot read the schema.</param>
public sealed record PlannedTable(string Name, long Rows, long Size, IReadOnlyList<string> Objects)
{
    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
