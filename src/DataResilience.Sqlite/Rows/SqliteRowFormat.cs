using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Tells rows apart by the length that each begins with.</summary>
internal sealed class SqliteRowFormat : IRowFormat
{
    public int Version => RowEncoding.Version;

    public int FindRowEnd(ReadOnlySpan<byte> bytes)
    {
        int prefix = RowEncoding.ReadVarint(bytes, out ulong length);
        return prefix == 0 || length > (ulong)(bytes.Length - prefix) ? -1 : prefix + (int)length;
    }
}
