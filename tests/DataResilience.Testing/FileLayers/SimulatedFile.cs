namespace DataResilience.Testing.FileLayers;

/// <summary>A file: its bytes now, and those that survive a failure of power for certain.</summary>
internal sealed class SimulatedFile : SimulatedNode
{
    public byte[] Content { get; set; } = [];

    public byte[] SyncedContent { get; set; } = [];

    public DateTimeOffset ModifiedAt { get; set; }
}
