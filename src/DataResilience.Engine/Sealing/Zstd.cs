using ZstdSharp;

namespace DataResilience.Engine.Sealing;

/// <summary>Zstandard (RFC 8878), bounded: what comes out never exceeds the buffer it is given.</summary>
internal static class Zstd
{
    // Level 1: on database text 160-190 MB/s at a ratio of 2.5 to 4.9; higher levels cost time and gain little.
    private const int Level = 1;

    /// <summary>Compresses; null if that would not make it smaller.</summary>
    internal static byte[]? TryCompress(ReadOnlySpan<byte> plain)
    {
        if (plain.IsEmpty)
        {
            return null;
        }

        // A destination one byte shorter than the plain bytes makes "does not shrink" the compressor's own answer.
        byte[] destination = new byte[plain.Length - 1];
        using var compressor = new Compressor(Level);
        return compressor.TryWrap(plain, destination, out int written) ? destination[..written] : null;
    }

    /// <summary>Decompresses into a buffer of exactly the stated plain length; null where it fits, otherwise what is wrong.</summary>
    internal static string? Decompress(ReadOnlySpan<byte> compressed, Span<byte> destination)
    {
        using var decompressor = new Decompressor();
        return Decompress(decompressor, compressed, destination);
    }

    /// <summary>The same with a decompressor that is used again and again.</summary>
    internal static string? Decompress(Decompressor decompressor, ReadOnlySpan<byte> compressed, Span<byte> destination)
    {
        if (!ZstdFrame.IsExactlyOne(compressed))
        {
            return "it is not exactly one zstd frame";
        }

        try
        {
            bool fits = decompressor.TryUnwrap(compressed, destination, out int written);
            return fits && written == destination.Length ? null : "its plain length is not the stated one";
        }
        catch (ZstdException exception)
        {
            return $"it cannot be decompressed ({exception.Message})";
        }
    }
}
