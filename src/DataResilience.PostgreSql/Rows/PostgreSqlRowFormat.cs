using System.Buffers.Binary;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// Tells rows apart: a row is a line of COPY text; one that is too large for text begins with a byte that text cannot hold, and is
/// a tuple as binary COPY writes it.
/// </summary>
internal sealed class PostgreSqlRowFormat : IRowFormat
{
    /// <summary>The version of the row encoding.</summary>
    internal const int CurrentVersion = 1;

    internal const byte LineEnd = (byte)'\n';

    /// <summary>What a row in binary form begins with.</summary>
    internal const byte BinaryMark = 0;

    private const int FirstField = 1 + sizeof(short);

    public int Version => CurrentVersion;

    public int FindRowEnd(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && bytes[0] == BinaryMark)
        {
            return FindTupleEnd(bytes);
        }

        int end = bytes.IndexOf(LineEnd);
        return end < 0 ? -1 : end + 1;
    }

    private static int FindTupleEnd(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FirstField)
        {
            return -1;
        }

        int fields = BinaryPrimitives.ReadInt16BigEndian(bytes[1..]);
        long end = FirstField;
        for (int field = 0; field < fields; field++)
        {
            if (end + sizeof(int) > bytes.Length)
            {
                return -1;
            }

            // A length of -1 is a NULL, which has no bytes.
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes[(int)end..]);
            end += sizeof(int) + (long)Math.Max(length, 0);
        }

        return end > bytes.Length ? -1 : (int)end;
    }
}
