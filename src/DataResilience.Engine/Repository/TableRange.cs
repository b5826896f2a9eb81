namespace DataResilience.Engine.Repository;

/// <summary>A range of a table and how many chunks it has; the ranges' chunks, one after the other, are the table's.</summary>
internal sealed record TableRange(string? From, string? To, long Chunks);
