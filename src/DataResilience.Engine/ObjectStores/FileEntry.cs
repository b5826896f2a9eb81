namespace DataResilience.Engine.ObjectStores;

/// <summary>What a directory says of one thing in it.</summary>
/// <param name="Name">Its name, without a path.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="Size">Its size in bytes; zero for a directory.</param>
/// <param name="ModifiedAt">When it was last written, by the clock of the file system.</param>
internal sealed record FileEntry(string Name, bool IsDirectory, long Size, DateTimeOffset ModifiedAt);
