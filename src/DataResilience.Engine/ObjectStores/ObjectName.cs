using System.Buffers;

namespace DataResilience.Engine.ObjectStores;

/// <summary>
/// What an object may be called in any store: parts of <c>[a-zA-Z0-9._-]</c> between slashes, none of which a file system
/// or an S3 service reads as something else.
/// </summary>
internal static class ObjectName
{
    /// <summary>The first part that no object may have: a directory keeps there what is being created.</summary>
    public const string TemporaryFolder = "tmp";

    // S3 takes keys of up to 1,024 bytes (Amazon S3 User Guide, "Naming Amazon S3 objects"), file systems names of up to 255.
    private const int MostCharacters = 1024;
    private const int MostPartCharacters = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Whether a text can be the name of an object.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= MostCharacters && !IsTemporary(name) && AreParts(name);
    }

    /// <summary>Whether a text can stand between two slashes of a name.</summary>
    public static bool IsPart(ReadOnlySpan<char> part) =>
        part.Length is > 0 and <= MostPartCharacters
        && !part.ContainsAnyExcept(Allowed)
        && part[^1] != '.' // '.' and '..', and Windows drops a dot at the end ("Naming Files, Paths, and Namespaces").
        && !IsReservedByWindows(part);

    /// <summary>Refuses what cannot be the name of an object.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void Check(string name)
    {
        if (!IsValid(name))
        {
            throw new ArgumentException($"'{name}' cannot be the name of an object.", nameof(name));
        }
    }

    /// <summary>Refuses what no name can begin with.</summary>
    /// <exception cref="ArgumentException">No name begins so.</exception>
    public static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        int folderEnd = prefix.LastIndexOf('/');
        bool folderIsValid = folderEnd < 0 || AreParts(prefix.AsSpan(0, folderEnd));
        if (!folderIsValid || prefix.AsSpan(folderEnd + 1).ContainsAnyExcept(Allowed) || prefix.Length > MostCharacters)
        {
            throw new ArgumentException($"No name of an object begins with '{prefix}'.", nameof(prefix));
        }
    }

    private static bool AreParts(ReadOnlySpan<char> name)
    {
        foreach (Range part in name.Split('/'))
        {
            if (!IsPart(name[part]))
            {
                return false;
            }
        }

        return true;
    }

    // In any case: file systems of Windows and macOS take TMP for tmp.
    private static bool IsTemporary(string name) =>
        name.StartsWith(TemporaryFolder, StringComparison.OrdinalIgnoreCase)
        && (name.Length == TemporaryFolder.Length || name[TemporaryFolder.Length] == '/');

    // Reserved with any extension too: NUL.txt is NUL ("Naming Files, Paths, and Namespaces").
    private static bool IsReservedByWindows(ReadOnlySpan<char> part)
    {
        int dot = part.IndexOf('.');
        ReadOnlySpan<char> stem = dot < 0 ? part : part[..dot];
        return stem.Length switch
        {
            3 => Is(stem, "con") || Is(stem, "prn") || Is(stem, "aux") || Is(stem, "nul"),
            4 => char.IsAsciiDigit(stem[3]) && (Is(stem[..3], "com") || Is(stem[..3], "lpt")),
            _ => false,
        };
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
