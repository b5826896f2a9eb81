namespace DataResilience.Engine.ObjectStores;

/// <summary>
/// Which directories of a store survive a failure of power. fsync(2): "Calling fsync() does not necessarily ensure that the
/// entry in the directory containing the file has also reached disk. For that an explicit fsync() on a file descriptor for
/// the directory is also needed." The same holds for the directory's own entry in its parent.
/// </summary>
internal sealed class DurableDirectories(IFileLayer files, string root)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> durable = [];
    private readonly HashSet<string> shown = [];

    /// <summary>Makes a directory of the store, with its parents, and makes it durable, whoever made it.</summary>
    public void Make(string directory)
    {
        lock (gate)
        {
            MakeOnce(directory);
        }
    }

    /// <summary>Notes that entries of a directory were shown to the user of the store, which may refer to them from now on.</summary>
    public void Show(string directory)
    {
        lock (gate)
        {
            shown.Add(directory);
        }
    }

    /// <summary>
    /// Makes durable what was shown, before anything is stored that may refer to it. It may come from a process that was
    /// killed after its rename and before its fsync: it is there now, and would not be after a failure of power.
    /// </summary>
    public void SyncShown()
    {
        lock (gate)
        {
            foreach (string directory in shown)
            {
                MakeOnce(directory);
                files.SyncDirectory(directory);
            }

            shown.Clear();
        }
    }

    private void MakeOnce(string directory)
    {
        if (durable.Contains(directory))
        {
            return;
        }

        if (directory == root)
        {
            MakeRoot();
        }
        else
        {
            string parent = Path.GetDirectoryName(directory)!;
            MakeOnce(parent);
            files.MakeDirectory(directory);
            files.SyncDirectory(parent);
        }

        durable.Add(directory);
    }

    private void MakeRoot()
    {
        if (!MakeWithParents(root) && Path.GetDirectoryName(root) is { } parent)
        {
            SyncParentOfForeignRoot(parent);
        }
    }

    private bool MakeWithParents(string directory)
    {
        bool made;
        try
        {
            made = files.MakeDirectory(directory);
        }
        catch (DirectoryNotFoundException) when (Path.GetDirectoryName(directory) is not null)
        {
            MakeWithParents(Path.GetDirectoryName(directory)!);
            made = files.MakeDirectory(directory);
        }

        if (made && Path.GetDirectoryName(directory) is { } parent)
        {
            files.SyncDirectory(parent);
        }

        return made;
    }

    private bool SyncParentOfForeignRoot(string parent)
    {
        try
        {
            files.SyncDirectory(parent);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // The root was made for this account by another, who could open the parent; that one's to sync.
        }
    }
}
