using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Verification;

/// <summary>What reading packs whole has shown.</summary>
internal sealed record PackFindings
{
    /// <summary>Nothing was read: what is damaged is not known.</summary>
    internal static PackFindings None { get; } = new()
    {
        WasRead = false,
        Faults = [],
        Frames = new Dictionary<ObjectId, ObjectFault>(),
        Damaged = new Dictionary<(ObjectId, string), ObjectFault>(),
        Contents = new Dictionary<ObjectId, PackContents>(),
        OpenedWhole = new Dictionary<ObjectId, PackReference>(),
        Chunks = 0,
    };

    public required bool WasRead { get; init; }

    public required IReadOnlyList<ObjectFault> Faults { get; init; }

    /// <summary>Packs that are missing, or whose header, keys, table or trailer are damaged: their chunks have to be looked at one by one.</summary>
    public required IReadOnlyDictionary<ObjectId, ObjectFault> Frames { get; init; }

    /// <summary>Damaged chunks by pack and part.</summary>
    public required IReadOnlyDictionary<(ObjectId Pack, string Part), ObjectFault> Damaged { get; init; }

    /// <summary>What the packs hold whose header, keys, table and trailer are right.</summary>
    public required IReadOnlyDictionary<ObjectId, PackContents> Contents { get; init; }

    /// <summary>Packs without a fault whose every chunk was opened.</summary>
    public required IReadOnlyDictionary<ObjectId, PackReference> OpenedWhole { get; init; }

    public required long Chunks { get; init; }
}
