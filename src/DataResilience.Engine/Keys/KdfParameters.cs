using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>How a repository turns passphrases into keys. One set for the life of a repository, so that one derivation tries every slot.</summary>
internal sealed record KdfParameters
{
    internal const string Pbkdf2Sha512 = "PBKDF2-SHA-512";

    /// <summary>OWASP's Password Storage Cheat Sheet asks for 210,000 rounds of SHA-512 (2023); this is nearly three times that.</summary>
    internal const uint MinIterations = 600_000;

    /// <summary>More is an attempt to keep the reader busy.</summary>
    internal const uint MaxIterations = 10_000_000;

    internal const int SaltBytes = 32;

    public required string Name { get; init; }

    public required uint Iterations { get; init; }

    /// <summary>64 lowercase hexadecimal digits.</summary>
    public required string Salt { get; init; }

    internal bool IsWithinBounds =>
        Name == Pbkdf2Sha512 && Iterations is >= MinIterations and <= MaxIterations && Hexadecimal.IsLower(Salt, SaltBytes);

    internal static KdfParameters New(IRandomSource random)
    {
        Span<byte> salt = stackalloc byte[SaltBytes];
        random.Fill(salt);
        return new KdfParameters { Name = Pbkdf2Sha512, Iterations = MinIterations, Salt = Convert.ToHexStringLower(salt) };
    }

    internal byte[] SaltValue() => Convert.FromHexString(Salt);
}
