namespace DataResilience.Testing.FileLayers;

/// <summary>
/// Decides what of a simulated file system survives: all that was not synced, nothing of it, or each thing by itself. The
/// bytes of a file that were not synced may be there, be missing, be torn, or read as zeros.
/// </summary>
internal sealed class PowerFailure(Random random)
{
    private readonly int mood = random.Next(4);
    private readonly Dictionary<SimulatedNode, SimulatedNode> copies = [];

    public SimulatedDirectory Survivors(SimulatedDirectory top, UnsyncedNames unsynced)
    {
        ILookup<SimulatedDirectory, NameChange> changes = unsynced.Steps
            .SelectMany(Surviving)
            .ToLookup(change => change.Directory);
        return CopyDirectory(top, changes);
    }

    /// <summary>
    /// A rename as a whole, or not. Once its new name is durable, what is left of it is the removal of the old name.
    /// </summary>
    private IEnumerable<NameChange> Surviving(IReadOnlyList<NameChange> step) => Survives() ? step : [];

    private bool Survives() => mood switch
    {
        0 => false,
        1 => true,
        _ => random.Next(2) == 0,
    };

    private SimulatedDirectory CopyDirectory(SimulatedDirectory directory, ILookup<SimulatedDirectory, NameChange> changes)
    {
        var entries = new Dictionary<string, SimulatedNode>(directory.SyncedEntries);
        foreach (NameChange change in changes[directory])
        {
            change.ApplyTo(entries);
        }

        var copy = new SimulatedDirectory();
        foreach ((string name, SimulatedNode node) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            SimulatedNode survivor = node is SimulatedDirectory child ? CopyDirectory(child, changes) : CopyFile((SimulatedFile)node);
            copy.Entries.Add(name, survivor);
            copy.SyncedEntries.Add(name, survivor);
        }

        return copy;
    }

    // A file may have two names after a failure between the two halves of a rename: it is one file all the same.
    private SimulatedNode CopyFile(SimulatedFile file)
    {
        if (!copies.TryGetValue(file, out SimulatedNode? copy))
        {
            byte[] content = file.Content == file.SyncedContent ? file.Content : Damage(file);
            copy = new SimulatedFile { Content = content, SyncedContent = content, ModifiedAt = file.ModifiedAt };
            copies.Add(file, copy);
        }

        return copy;
    }

    private byte[] Damage(SimulatedFile file) => mood switch
    {
        0 => file.SyncedContent,
        1 when random.Next(2) == 0 => file.Content,
        _ => random.Next(5) switch
        {
            0 => file.Content,
            1 => file.SyncedContent,
            2 => file.Content[..TornLength(file)],
            3 => ZerosFrom(file, file.SyncedContent.Length),
            _ => ZerosFrom(file, TornLength(file)),
        },
    };

    private int TornLength(SimulatedFile file) => random.Next(file.SyncedContent.Length, file.Content.Length + 1);

    private static byte[] ZerosFrom(SimulatedFile file, int start)
    {
        byte[] content = [.. file.Content];
        content.AsSpan(start).Clear();
        return content;
    }
}
