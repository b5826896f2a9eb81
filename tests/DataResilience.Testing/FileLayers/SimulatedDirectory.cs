namespace DataResilience.Testing.FileLayers;

/// <summary>A directory: its names now, and those that survive a failure of power for certain.</summary>
internal sealed class SimulatedDirectory : SimulatedNode
{
    public Dictionary<string, SimulatedNode> Entries { get; } = [];

    public Dictionary<string, SimulatedNode> SyncedEntries { get; } = [];
}
