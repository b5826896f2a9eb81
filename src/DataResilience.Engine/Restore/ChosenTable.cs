using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Restore;

/// <summary>A table to restore: what the manifest and what its description say of it.</summary>
internal sealed record ChosenTable(ManifestTable Table, TableDocument Document);
