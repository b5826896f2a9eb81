using System.Buffers;
using System.Security.Cryptography;

namespace DataResilience.Engine.Keys;

/// <summary>Hashes and salts as the format writes them: lowercase hexadecimal digits.</summary>
internal static class Hexadecimal
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    internal static bool IsLower(string text, int bytes) =>
        text.Length == bytes * 2 && !text.AsSpan().ContainsAnyExcept(Digits);

    internal static bool IsSha256(string text) => IsLower(text, SHA256.HashSizeInBytes);

    internal static string Sha256Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
