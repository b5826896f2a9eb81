using DataResilience.Providers;

namespace DataResilience.Engine.ObjectStores;

/// <summary>One directory of a local store as a listing sees it; holds the names of this one directory only.</summary>
internal static class ObjectFolder
{
    /// <summary>Reads the entries whose names begin with a prefix, in the ordinal order of the objects in them.</summary>
    /// <param name="files">The files.</param>
    /// <param name="path">Where the directory is.</param>
    /// <param name="folder">What the names of its objects begin with: empty, or ending in a slash.</param>
    /// <param name="prefix">What the names have to begin with.</param>
    /// <returns>The entries. What cannot be an object, such as <c>lost+found</c>, is left out.</returns>
    public static Queue<ObjectFolderEntry> Read(IFileLayer files, string path, string folder, string prefix) =>
        new(files.List(path)
            .Where(entry => ObjectName.IsValid(folder + entry.Name))
            .Select(entry => Describe(folder, entry))
            .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal));

    private static ObjectFolderEntry Describe(string folder, FileEntry entry)
    {
        string name = folder + entry.Name;
        return entry.IsDirectory
            ? new ObjectFolderEntry(name + "/", null)
            : new ObjectFolderEntry(name, new ObjectDescription(name, entry.Size, entry.ModifiedAt));
    }
}
