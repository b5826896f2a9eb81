using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Index;

/// <summary>What a rebuild of the index did.</summary>
/// <param name="Packs">How many packs were indexed.</param>
/// <param name="Entries">How many chunks they have.</param>
/// <param name="Indexes">The index objects that were written.</param>
/// <param name="Faults">Packs that could not be read.</param>
internal sealed record IndexRebuildResult(
    int Packs, long Entries, IReadOnlyList<ObjectId> Indexes, IReadOnlyList<ObjectFault> Faults);
