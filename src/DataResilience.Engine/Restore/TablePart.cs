using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Restore;

/// <summary>What one loader loads: some ranges of a table, or all of it.</summary>
internal sealed record TablePart(ChosenTable Table, ChunkSpan Span);
