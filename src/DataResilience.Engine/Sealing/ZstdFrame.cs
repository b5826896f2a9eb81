using System.Buffers.Binary;

namespace DataResilience.Engine.Sealing;

/// <summary>
/// Walks over a zstd frame without decompressing it (RFC 8878, 3.1.1). Decompressors take several frames, and skippable ones, for one
/// text; the format allows one only, so that no two objects hold the same plain bytes in another wrapping.
/// </summary>
internal static class ZstdFrame
{
    private const uint Magic = 0xFD2F_B528;
    private const int DescriptorOffset = sizeof(uint);
    private const int BlockHeaderBytes = 3;
    private const int ChecksumBytes = 4;
    private const uint RunLengthBlock = 1;

    /// <summary>Whether the bytes are one frame, from the first to the last.</summary>
    internal static bool IsExactlyOne(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= DescriptorOffset || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return false;
        }

        byte descriptor = bytes[DescriptorOffset];
        bool hasChecksum = (descriptor & 4) != 0;
        return FindEndOfBlocks(bytes, HeaderBytes(descriptor)) + (hasChecksum ? ChecksumBytes : 0) == bytes.Length;
    }

    private static int HeaderBytes(byte descriptor)
    {
        bool isSingleSegment = (descriptor & 32) != 0;
        int contentSize = (descriptor >> 6) switch { 0 => isSingleSegment ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        int dictionaryId = (descriptor & 3) switch { 3 => 4, int size => size };
        return DescriptorOffset + 1 + (isSingleSegment ? 0 : 1) + dictionaryId + contentSize;
    }

    /// <summary>Where the last block ends; a place that cannot be where it would end behind the bytes.</summary>
    private static int FindEndOfBlocks(ReadOnlySpan<byte> bytes, int at)
    {
        for (bool isLast = false; !isLast;)
        {
            if (at + BlockHeaderBytes > bytes.Length)
            {
                return int.MinValue;
            }

            uint header = bytes[at] | ((uint)bytes[at + 1] << 8) | ((uint)bytes[at + 2] << 16);
            isLast = (header & 1) != 0;
            bool isRun = ((header >> 1) & 3) == RunLengthBlock;
            at += BlockHeaderBytes + (isRun ? 1 : (int)(header >> 3));
        }

        return at;
    }
}
