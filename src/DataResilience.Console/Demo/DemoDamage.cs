namespace DataResilience.Console.Demo;

/// <summary>Damages a copy of a repository: one bit of one pack, at a place drawn from a seed.</summary>
/// <param name="Pack">The pack, as the path below the repository with forward slashes.</param>
/// <param name="Offset">The byte.</param>
/// <param name="Length">How many bytes the pack has.</param>
internal sealed record DemoDamage(string Pack, long Offset, long Length)
{
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? to);
            File.Copy(path, copy);
        }
    }

    public static DemoDamage Do(string repository, int seed)
    {
        // The largest pack, and its middle half: that is where chunks of rows are, so that a table can be named.
        FileInfo pack = new DirectoryInfo(Path.Combine(repository, "packs"))
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .MaxBy(file => (file.Length, file.Name)) ?? throw new FileNotFoundException("The repository has no pack.");
        long offset = (pack.Length / 4) + new Random(seed).NextInt64(pack.Length / 2);
        Flip(pack.FullName, offset);
        return new DemoDamage(Path.GetRelativePath(repository, pack.FullName).Replace('\\', '/'), offset, pack.Length);
    }

    private static void Flip(string path, long offset)
    {
        // A store may keep its objects read-only.
        new FileInfo(path).IsReadOnly = false;
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = offset;
        int value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 1));
    }
}
