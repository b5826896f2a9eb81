using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>What names a repository beyond doubt: a hash of its id and of the admin key of its first keyring (4.3).</summary>
internal static class Fingerprint
{
    private const string Prefix = "SHA256:";

    internal static string Of(ObjectId repositoryId, ReadOnlySpan<byte> firstAdminPublicKey)
    {
        byte[] hash = SHA256.HashData([.. "DataResilience/1 fingerprint\0"u8, .. repositoryId.ToArray(), .. firstAdminPublicKey]);
        return Prefix + Convert.ToBase64String(hash).TrimEnd('=');
    }

    /// <summary>Whether what a person gave is this fingerprint: white space around it and padding are forgiven, case is not.</summary>
    internal static bool Matches(string fingerprint, string given) => given.Trim().TrimEnd('=') == fingerprint;
}
