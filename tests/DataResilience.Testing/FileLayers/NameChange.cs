namespace DataResilience.Testing.FileLayers;

/// <summary>A name in a directory that comes (with its node) or goes (null).</summary>
internal sealed record NameChange(SimulatedDirectory Directory, string Name, SimulatedNode? Node)
{
    public void ApplyTo(Dictionary<string, SimulatedNode> entries)
    {
        if (Node is null)
        {
            entries.Remove(Name);
        }
        else
        {
            entries[Name] = Node;
        }
    }
}
