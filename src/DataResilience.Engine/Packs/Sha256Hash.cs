using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DataResilience.Engine.Packs;

/// <summary>A SHA-256 as a value: no object for each of many entries.</summary>
internal readonly record struct Sha256Hash(UInt128 High, UInt128 Low)
{
    internal const int Size = SHA256.HashSizeInBytes;

    internal static Sha256Hash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return Read(hash);
    }

    /// <summary>The hash of two runs of bytes, one after the other.</summary>
    internal static Sha256Hash Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(first);
        hash.AppendData(second);
        Span<byte> value = stackalloc byte[Size];
        hash.GetHashAndReset(value);
        return Read(value);
    }

    internal static Sha256Hash Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[(Size / 2)..]));

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, High);
        BinaryPrimitives.WriteUInt128BigEndian(destination[(Size / 2)..], Low);
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
