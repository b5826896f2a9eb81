using System.Buffers.Binary;

namespace DataResilience.Engine.Sealing;

/// <summary>
/// How documents are packed before they are sealed (docs/repository-format.md, 5):
/// <c>codec (u8) || plain length (u32) || data</c>, compressed where that makes it smaller.
/// </summary>
internal static class Packing
{
    internal const int HeaderBytes = 1 + sizeof(uint);

    internal const byte Stored = 0;
    internal const byte Zstandard = 1;

    internal static byte[] Pack(ReadOnlySpan<byte> plain)
    {
        byte[]? compressed = Zstd.TryCompress(plain);
        ReadOnlySpan<byte> data = compressed is null ? plain : compressed;
        byte[] packed = new byte[HeaderBytes + data.Length];
        packed[0] = compressed is null ? Stored : Zstandard;
        BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(1), (uint)plain.Length);
        data.CopyTo(packed.AsSpan(HeaderBytes));
        return packed;
    }

    /// <summary>Unpacks. The stated length is checked before anything is allocated, and the real one against it.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>; <c>ObjectUnsupported</c> for an unknown codec.</exception>
    internal static byte[] Unpack(string name, ReadOnlySpan<byte> packed, int maxPlainBytes)
    {
        if (packed.Length < HeaderBytes)
        {
            throw Errors.ObjectDamaged.Create(name, "its payload is too short");
        }

        uint plainLength = BinaryPrimitives.ReadUInt32LittleEndian(packed[1..]);
        if (plainLength > (uint)maxPlainBytes)
        {
            throw Errors.ObjectDamaged.Create(name, $"it states {plainLength} plain bytes where {maxPlainBytes} are the most");
        }

        return packed[0] switch
        {
            Stored => UnpackStored(name, packed[HeaderBytes..], plainLength),
            Zstandard => UnpackZstandard(name, packed[HeaderBytes..], plainLength),
            _ => throw Errors.ObjectUnsupported.Create(name, $"its codec {packed[0]} is unknown"),
        };
    }

    private static byte[] UnpackStored(string name, ReadOnlySpan<byte> data, uint plainLength) =>
        data.Length == plainLength
            ? data.ToArray()
            : throw Errors.ObjectDamaged.Create(name, $"it holds {data.Length} plain bytes and states {plainLength}");

    private static byte[] UnpackZstandard(string name, ReadOnlySpan<byte> data, uint plainLength)
    {
        byte[] plain = new byte[plainLength];
        string? problem = Zstd.Decompress(data, plain);
        return problem is null ? plain : throw Errors.ObjectDamaged.Create(name, problem);
    }
}
