using System.Security.Cryptography;

namespace DataResilience.Integration.Tests;

/// <summary>Every file below a directory with the hash of its content, to be compared before and after.</summary>
internal static class FileTree
{
    /// <param name="directory">The directory.</param>
    /// <param name="without">Beginnings of relative paths that are left out.</param>
    internal static IReadOnlyList<string> Read(string directory, params IReadOnlyList<string> without) =>
        [.. from path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(directory, path).Replace('\\', '/')
            where !without.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal))
            orderby name
            select $"{name} {HashOf(path)}"];

    // A database that is locked exclusively can still be read as a file.
    private static string HashOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
