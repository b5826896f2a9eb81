namespace DataResilience.Testing.FileLayers;

/// <summary>The changes of names that no fsync has made durable, in their order. A rename is two changes that survive together.</summary>
internal sealed class UnsyncedNames
{
    private readonly List<List<NameChange>> steps = [];

    /// <summary>Each step's changes that are not durable yet.</summary>
    public IReadOnlyList<IReadOnlyList<NameChange>> Steps => steps;

    public void Apply(params NameChange[] changes)
    {
        foreach (NameChange change in changes)
        {
            change.ApplyTo(change.Directory.Entries);
        }

        steps.Add([.. changes]);
    }

    /// <summary>
    /// fsync of a directory. Of a rename between two directories the new name becomes durable with the old one's removal,
    /// never after it: a renamed file is not lost. The other way round both names may be there after a crash.
    /// </summary>
    public void Sync(SimulatedDirectory directory)
    {
        foreach (List<NameChange> step in steps)
        {
            int last = step.FindLastIndex(change => change.Directory == directory);
            foreach (NameChange change in step[..(last + 1)])
            {
                change.ApplyTo(change.Directory.SyncedEntries);
            }

            step.RemoveRange(0, last + 1);
        }

        steps.RemoveAll(step => step.Count == 0);
    }
}
