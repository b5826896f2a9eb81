namespace DataResilience.Providers;

/// <summary>A part of a table. What the boundaries mean is the provider's own; the engine only keeps them.</summary>
/// <param name="Ordinal">Its place among the table's ranges, from 0.</param>
/// <param name="From">The boundary it starts at; null means from the beginning.</param>
/// <param name="To">The boundary it ends before; null means to the end.</param>
public sealed record RowRange(int Ordinal, string? From, string? To);
