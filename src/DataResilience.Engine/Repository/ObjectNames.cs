using System.Globalization;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>The names of the objects of a repository (docs/repository-format.md, section 3).</summary>
internal static class ObjectNames
{
    internal const string Backups = "backups/";
    internal const string Deletions = "deletions/";
    internal const string Verifications = "verifications/";
    internal const string Locks = "locks/";
    internal const string Copies = "copies/";

    private const int SuffixBytes = 3;

    internal static string Manifest(string backupId) => Backups + backupId;

    internal static string Tombstone(string backupId) => Deletions + backupId;

    internal static string CopyOf(string name) => Copies + name;

    internal static string Verification(string backupId, DateTimeOffset time, IRandomSource random) =>
        $"{Verifications}{backupId}/{Stamp(time)}-{Suffix(random)}";

    internal static string Lock(DateTimeOffset time, IRandomSource random) => $"{Locks}{Stamp(time)}-{Suffix(random)}";

    internal static string Renewal(string lockName, int number) => $"{lockName}.{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The lock that a renewal or an end belongs to; the name itself if it is a lock's.</summary>
    internal static string LockOf(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? name : name[..dot];
    }

    internal static string End(string lockName) => lockName + ".end";

    internal static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Suffix(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[SuffixBytes];
        random.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
