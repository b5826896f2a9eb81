namespace DataResilience.Engine.ObjectStores;

/// <summary>Where objects are written before they get their names: on the same volume, and never listed.</summary>
internal sealed class TemporaryFolder(IFileLayer files, string path, Func<string> newName)
{
    // Between two writes cancellation is looked at; a pack of 16 MiB is written in four.
    private const int WriteBytes = 4 * 1024 * 1024;

    // No create takes a day, so what is older was left behind by a process that was killed.
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    private int leftoversWereRemoved;

    /// <summary>Where the folder is.</summary>
    public string Path => path;

    /// <summary>Writes a file whose bytes are durable when this returns, and leaves none when it fails.</summary>
    /// <returns>The path of the file.</returns>
    public string Write(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string name = newName();
        string file = System.IO.Path.Join(path, name);
        bool written = false;
        INewFile stream = files.CreateFile(file);
        try
        {
            using (stream)
            {
                WriteAll(stream, content.Span, cancellationToken);
            }

            RemoveLeftoversOnce(name);
            written = true;
            return file;
        }
        finally
        {
            if (!written)
            {
                Discard(file);
            }
        }
    }

    /// <summary>Deletes a file of the folder; false if that fails now, in which case a later create deletes it.</summary>
    public bool Discard(string file)
    {
        try
        {
            files.DeleteFile(file);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // Harmless, and thrown it would hide why the file is not wanted any more.
        }
    }

    private static void WriteAll(INewFile stream, ReadOnlySpan<byte> content, CancellationToken cancellationToken)
    {
        while (!content.IsEmpty)
        {
            int count = Math.Min(content.Length, WriteBytes);
            stream.Write(content[..count]);
            content = content[count..];
            cancellationToken.ThrowIfCancellationRequested();
        }

        stream.Sync();
    }

    /// <summary>Judges age by the file just written: the clock of the file system need not be that of this host.</summary>
    private void RemoveLeftoversOnce(string newestName)
    {
        if (Interlocked.Exchange(ref leftoversWereRemoved, 1) != 0)
        {
            return;
        }

        List<FileEntry> entries = [.. files.List(path).Where(entry => !entry.IsDirectory)];
        DateTimeOffset? now = entries.Find(entry => entry.Name == newestName)?.ModifiedAt;
        foreach (FileEntry leftover in entries.Where(entry => entry.ModifiedAt < now - LeftoverAge))
        {
            Discard(System.IO.Path.Join(path, leftover.Name));
        }
    }
}
