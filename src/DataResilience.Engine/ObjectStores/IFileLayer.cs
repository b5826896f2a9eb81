namespace DataResilience.Engine.ObjectStores;

/// <summary>
/// The file operations that a local object store is made of, each one visible, so that tests can fail, kill or forget at any
/// of them. Failures are <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>; a path that leads through a
/// file fails with <see cref="SystemError.NotADirectory"/>.
/// </summary>
internal interface IFileLayer
{
    /// <summary>Creates an empty file that only its owner may read and write; fails if there is something of that name.</summary>
    INewFile CreateFile(string path);

    /// <summary>Opens a file to read it, whoever else uses it; null if there is no file of that name.</summary>
    IStoredFile? OpenFile(string path);

    /// <summary>
    /// Gives a file another name in one step, also between processes; false, and nothing done, if there is something of that
    /// name.
    /// </summary>
    bool Rename(string from, string to);

    /// <summary>Deletes a file; one that is not there is no error.</summary>
    void DeleteFile(string path);

    /// <summary>Makes one directory that only its owner may use; false if there is one already. Its parent must be there.</summary>
    bool MakeDirectory(string path);

    /// <summary>Makes the names in a directory survive a failure of power: what was created, renamed and deleted there.</summary>
    void SyncDirectory(string path);

    /// <summary>What is in a directory, in any order, without what vanishes meanwhile; nothing if there is no such directory.</summary>
    IEnumerable<FileEntry> List(string path);
}
